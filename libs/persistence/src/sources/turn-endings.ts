import type { Pool } from 'pg';
import { bulkParameters } from '../database/bulk-statement.ts';
import { withConflictRetries } from '../database/conflict-retries.ts';
import { isolateRefused } from '../database/isolate-refused.ts';
import { inTransaction, type Query } from '../database/session.ts';
import type { HostLease, OnwardRecord, PageRecord, PollRecord } from './fetch-turn.ts';
import { callHosts, type HostCall } from './host-turns.ts';
import {
  END_LEASES,
  FAILED_POLL,
  type FailedPoll,
  FREED_HOST,
  LEASE,
  LOCK_LEASES,
  ONWARD,
  PAGE,
  RECORD_FAILED_POLLS,
  RECORD_PAGES,
  RECORD_SUCCEEDED_POLLS,
  SEND_PAGES_ON,
  SEND_POLLS_ON,
  SUCCEEDED_POLL,
  type SucceededPoll,
} from './turn-endings.sql.ts';

/** A host that is given back, with what came of its turn. */
export interface TurnEnding {
  readonly lease: HostLease;
  readonly freeAt: Date;
  readonly poll?: PollRecord;
  readonly page?: PageRecord;
  readonly onward?: OnwardRecord;
}

function hasSucceeded(record: PollRecord): record is SucceededPoll {
  return record.result.kind === 'succeeded';
}

function hasFailed(record: PollRecord): record is FailedPoll {
  return record.result.kind === 'failed';
}

async function recordPolls(query: Query, polls: readonly PollRecord[]): Promise<void> {
  const succeeded = polls.filter(hasSucceeded);
  const failed = polls.filter(hasFailed);
  if (succeeded.length > 0) {
    await query(RECORD_SUCCEEDED_POLLS, bulkParameters(SUCCEEDED_POLL, succeeded));
  }
  if (failed.length > 0) await query(RECORD_FAILED_POLLS, bulkParameters(FAILED_POLL, failed));
}

async function sendOn(query: Query, onward: readonly OnwardRecord[]): Promise<void> {
  const polls = onward.filter(({ work }) => work === 'poll');
  const pages = onward.filter(({ work }) => work === 'page');
  if (polls.length > 0) await query(SEND_POLLS_ON, bulkParameters(ONWARD, polls));
  if (pages.length > 0) await query(SEND_PAGES_ON, bulkParameters(ONWARD, pages));
}

/** Where and when the work of a turn goes on; null where it is at an end. */
function nextCall({ poll, page, onward }: TurnEnding): HostCall | null {
  if (onward !== undefined) return { host: new URL(onward.url).host, at: onward.at };
  if (poll !== undefined) return { host: new URL(poll.nextUrl).host, at: poll.nextPollAt };
  if (page === undefined || page.kind === 'given-up' || page.dueAt === null) return null;
  return { host: new URL(page.url).host, at: page.dueAt };
}

/** Work that goes on at another host; the host of the turn itself is called when it is given back. */
function callsOf(endings: readonly TurnEnding[]): readonly HostCall[] {
  return endings.flatMap((ending) => {
    const call = nextCall(ending);
    return call === null || call.host === ending.lease.host ? [] : [call];
  });
}

interface LeaseRow {
  readonly host: string;
  readonly free_at: Date;
}

function leaseKey(host: string, until: Date): string {
  return `${host} ${until.getTime()}`;
}

async function writeTogether(pool: Pool, endings: readonly TurnEnding[]): Promise<void> {
  await inTransaction(pool, async (query) => {
    await callHosts(query, callsOf(endings));
    const leases = endings.map(({ lease }) => lease);
    const rows = await query<LeaseRow>(LOCK_LEASES, bulkParameters(LEASE, leases));
    await recordPolls(
      query,
      endings.flatMap(({ poll }) => poll ?? []),
    );
    const pages = endings.flatMap(({ page }) => page ?? []);
    if (pages.length > 0) await query(RECORD_PAGES, bulkParameters(PAGE, pages));
    await sendOn(
      query,
      endings.flatMap(({ onward }) => onward ?? []),
    );
    const held = new Set(rows.map(({ host, free_at }) => leaseKey(host, free_at)));
    const freed = endings
      .filter(({ lease }) => held.has(leaseKey(lease.host, lease.leaseUntil)))
      .map(({ lease, freeAt }) => ({ host: lease.host, freeAt }));
    if (freed.length > 0) await query(END_LEASES, bulkParameters(FREED_HOST, freed));
  });
}

/**
 * Records what came of turns and gives their hosts back, in one transaction; where the database refuses the
 * data of one, the others are written without it. A record is written even where its lease was lost
 * meanwhile: then somebody else holds the host and keeps it.
 */
export function writeEndings(
  pool: Pool,
  endings: readonly TurnEnding[],
): Promise<readonly (Error | null)[]> {
  return isolateRefused<TurnEnding, Error | null>(
    endings,
    async (some) => {
      await withConflictRetries(() => writeTogether(pool, some));
      return some.map(() => null);
    },
    (refused) => refused,
  );
}
