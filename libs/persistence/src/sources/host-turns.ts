import type { Pool } from 'pg';
import { withConflictRetries } from '../database/conflict-retries.ts';
import { inTransaction, type Query } from '../database/session.ts';
import type { HostLease } from './fetch-turn.ts';

/**
 * Gives hosts a turn for work that has become due. The rows are locked in the order of their names, and
 * before any row of source_state or frontier: every writer here does it in that order, so none waits in a
 * circle.
 */
const CALL_HOSTS = `
  INSERT INTO host (host, free_at, turn_at)
  SELECT host, $2, $2 FROM unnest($1::text[]) AS due (host) ORDER BY host
  ON CONFLICT (host) DO UPDATE
     SET turn_at = least(host.turn_at, greatest(host.free_at, excluded.turn_at))`;

const LOCK_LEASE = 'SELECT 1 FROM host WHERE host = $1 AND free_at = $2 FOR UPDATE';

/** A statement of its own after the lock: only then does it see what others have added meanwhile. */
const END_LEASE = `
  UPDATE host SET free_at = $2,
         turn_at = (SELECT CASE WHEN min(due.at) IS NULL THEN NULL ELSE greatest($2, min(due.at)) END
                      FROM (SELECT min(next_poll_at) AS at FROM source_state WHERE host = $1
                            UNION ALL
                            SELECT min(due_at) FROM frontier WHERE host = $1 AND due_at IS NOT NULL) AS due)
   WHERE host = $1`;

/** Must come before the rows of the work itself are written, in the same transaction. */
export async function callHosts(query: Query, hosts: readonly string[], at: Date): Promise<void> {
  const names = [...new Set(hosts)].toSorted();
  if (names.length > 0) await query(CALL_HOSTS, [names, at]);
}

/**
 * Records what came of a turn and gives the host back, in one transaction. The record is written even
 * where the lease was lost meanwhile: then somebody else holds the host and keeps it.
 */
export async function endTurn(
  pool: Pool,
  lease: HostLease,
  freeAt: Date,
  record: (query: Query) => Promise<void>,
): Promise<void> {
  await withConflictRetries(() =>
    inTransaction(pool, async (query) => {
      const held = await query(LOCK_LEASE, [lease.host, lease.leaseUntil]);
      await record(query);
      if (held.length === 1) await query(END_LEASE, [lease.host, freeAt]);
    }),
  );
}
