import type { Pool } from 'pg';
import { withConflictRetries } from '../database/conflict-retries.ts';
import { inTransaction, queryOf, type Query } from '../database/session.ts';
import { storable, storableJson } from '../database/storable-values.ts';
import {
  ADD_PAGES,
  ADOPT_SOURCES,
  CHANGED_SOURCES,
  KNOWN_PAGES,
  RECORD_PAGE,
  RECORD_POLL_FAILURE,
  RECORD_POLL_SUCCESS,
  TAKE_TURNS,
} from './fetch-queue.sql.ts';
import type { FetchTurn, FoundPage, HostLease, PageRecord, PollRecord } from './fetch-turn.ts';
import { readTurn, type TurnRow } from './fetch-turn-row.ts';
import { callHosts, endTurn } from './host-turns.ts';

/** Longest error text kept, in UTF-16 code units. */
const MAX_DETAIL = 500;

function pollValues(record: PollRecord): readonly unknown[] {
  const { sourceId, nextPollAt, nextPollReason, intervalMs, consecutiveFailures, polledAt } =
    record;
  return [sourceId, nextPollAt, nextPollReason, intervalMs, consecutiveFailures, polledAt];
}

function pageValues(record: PageRecord): readonly unknown[] {
  switch (record.kind) {
    case 'done':
      return [record.addressId, null, null, record.at];
    case 'given-up':
      return [record.addressId, null, record.code, null];
    case 'again':
      return [record.addressId, record.dueAt, record.code, null];
  }
}

/**
 * What is to be fetched and when, shared by any number of fetchers. One host is talked to by one fetcher at
 * a time, for one poll or one page, and then left alone for a while.
 */
export class FetchQueueRepository {
  private readonly query: Query;

  constructor(private readonly pool: Pool) {
    this.query = queryOf(pool);
  }

  /** Takes up sources that were added, changed or paused; resolves with how many. */
  async adoptSources(now: Date): Promise<number> {
    const changed = await this.query<{ id: string; host: string }>(CHANGED_SOURCES);
    if (changed.length === 0) return 0;
    const hosts = changed.map((row) => row.host);
    const ids = changed.map((row) => row.id);
    return this.callingHosts(hosts, now, async (query) => {
      return (await query(ADOPT_SOURCES, [ids, now])).length;
    });
  }

  /** At most `limit` turns of different hosts; nobody else gets these hosts until `leaseUntil`. */
  async takeTurns(now: Date, leaseUntil: Date, limit: number): Promise<readonly FetchTurn[]> {
    const rows = await this.query<TurnRow>(TAKE_TURNS, [now, leaseUntil, limit]);
    const turns: FetchTurn[] = [];
    for (const row of rows) {
      const turn = readTurn(row, leaseUntil);
      if (turn !== null) turns.push(turn);
      // The work was withdrawn since the host was called: its owner paused or deleted the source.
      else await endTurn(this.pool, { host: row.host, leaseUntil }, now, async () => {});
    }
    return turns;
  }

  /** Adds pages that are not known yet; resolves with how many these were. */
  async addPages(pages: readonly FoundPage[], now: Date): Promise<number> {
    const ids = pages.map((page) => page.addressId);
    const knownRows = await this.query<{ address_id: string }>(KNOWN_PAGES, [ids]);
    const known = new Set(knownRows.map((row) => row.address_id));
    const fresh = pages.filter((page) => !known.has(page.addressId));
    if (fresh.length === 0) return 0;
    const hosts = fresh.map((page) => new URL(page.url).host);
    const columns = [
      fresh.map((page) => page.addressId),
      fresh.map((page) => page.url),
      hosts,
      fresh.map((page) => page.sourceId),
      fresh.map((page) => storableJson(page.hints)),
    ];
    return this.callingHosts(hosts, now, async (query) => {
      return (await query(ADD_PAGES, [...columns, now])).length;
    });
  }

  /** Records a poll and leaves the host alone until `freeAt`. */
  async endPoll(lease: HostLease, record: PollRecord, freeAt: Date): Promise<void> {
    const { result } = record;
    await endTurn(this.pool, lease, freeAt, async (query) => {
      if (result.kind === 'succeeded') {
        const { etag, lastModified, bodyHash, newItems } = result;
        const values = [storable(etag), storable(lastModified), bodyHash, newItems];
        await query(RECORD_POLL_SUCCESS, [...pollValues(record), ...values]);
      } else {
        const values = [result.code, storable(result.detail.slice(0, MAX_DETAIL))];
        await query(RECORD_POLL_FAILURE, [...pollValues(record), ...values]);
      }
    });
  }

  /** Records a page and leaves the host alone until `freeAt`. */
  async endPage(lease: HostLease, record: PageRecord, freeAt: Date): Promise<void> {
    await endTurn(this.pool, lease, freeAt, async (query) => {
      await query(RECORD_PAGE, pageValues(record));
    });
  }

  private callingHosts<T>(
    hosts: readonly string[],
    now: Date,
    work: (query: Query) => Promise<T>,
  ): Promise<T> {
    return withConflictRetries(() =>
      inTransaction(this.pool, async (query) => {
        await callHosts(query, hosts, now);
        return work(query);
      }),
    );
  }
}
