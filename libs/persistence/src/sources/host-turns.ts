import type { Query } from '../database/session.ts';

/**
 * Gives hosts a turn for work that has become due. The rows are locked in the order of their names, and
 * before any row of source_state or frontier: every writer here does it in that order, so none waits in a
 * circle.
 */
const CALL_HOSTS = `
  INSERT INTO host (host, free_at, turn_at)
  SELECT host, min(at), min(at) FROM unnest($1::text[], $2::timestamptz[]) AS due (host, at)
   GROUP BY host ORDER BY host
  ON CONFLICT (host) DO UPDATE
     SET turn_at = least(host.turn_at, greatest(host.free_at, excluded.turn_at))`;

/** A host, and when work for it becomes due. */
export interface HostCall {
  readonly host: string;
  readonly at: Date;
}

/** Must come before the rows of the work itself are written, in the same transaction. */
export async function callHosts(query: Query, calls: readonly HostCall[]): Promise<void> {
  if (calls.length === 0) return;
  await query(CALL_HOSTS, [calls.map(({ host }) => host), calls.map(({ at }) => at)]);
}
