import type { Pool } from 'pg';
import { GatheringWriter } from '../database/gathering-writer.ts';
import { withConflictRetries } from '../database/conflict-retries.ts';
import { inTransaction, queryOf, type Query } from '../database/session.ts';
import { storableJson } from '../database/storable-values.ts';
import {
  ADD_PAGES,
  ADD_SITEMAPS,
  ADOPT_SOURCES,
  CHANGED_SOURCES,
  KNOWN_PAGES,
  LEASE_HOSTS,
  PRUNE_FRONTIER,
  PRUNE_HOSTS,
  READ_WORK,
} from './fetch-queue.sql.ts';
import type {
  FetchTurn,
  FoundPage,
  FoundSitemap,
  HostLease,
  NewsOutsidePolls,
  OnwardRecord,
  PageRecord,
  PollRecord,
} from './fetch-turn.ts';
import { readRhythm, type RhythmColumns, readTurn, type TurnRow } from './fetch-turn-row.ts';
import { callHosts } from './host-turns.ts';
import { LOCK_RHYTHM, NOTE_NEWS } from './recent-items.sql.ts';
import { type TurnEnding, writeEndings } from './turn-endings.ts';

/**
 * What is to be fetched and when, shared by any number of fetchers. One host is talked to by one fetcher at
 * a time, for one poll or one page, and then left alone for a while.
 */
export class FetchQueueRepository {
  private readonly query: Query;
  private readonly endings: GatheringWriter<TurnEnding>;

  constructor(private readonly pool: Pool) {
    this.query = queryOf(pool);
    this.endings = new GatheringWriter((endings) => writeEndings(pool, endings));
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
    const leased = await this.query<{ host: string }>(LEASE_HOSTS, [now, leaseUntil, limit]);
    if (leased.length === 0) return [];
    const hosts = leased.map(({ host }) => host);
    const rows = await this.query<TurnRow>(READ_WORK, [now, hosts]);
    const turns: FetchTurn[] = [];
    for (const row of rows) {
      const turn = readTurn(row, leaseUntil);
      if (turn !== null) turns.push(turn);
      // The work was withdrawn since the host was called: its owner paused or deleted the source.
      else await this.endTurn({ host: row.host, leaseUntil }, now);
    }
    return turns;
  }

  /** Those of the pages that have been seen before, fetched or not. */
  async knownPages(addressIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.query<{ address_id: string }>(KNOWN_PAGES, [addressIds]);
    return new Set(rows.map((row) => row.address_id));
  }

  /** Adds pages that are not known yet; resolves with how many these were. */
  async addPages(pages: readonly FoundPage[], now: Date): Promise<number> {
    const known = await this.knownPages(pages.map((page) => page.addressId));
    const fresh = pages.filter((page) => !known.has(page.addressId));
    if (fresh.length === 0) return 0;
    const hosts = fresh.map((page) => new URL(page.url).host);
    const columns = [
      fresh.map((page) => page.addressId),
      fresh.map((page) => page.url),
      hosts,
      fresh.map((page) => page.sourceId),
      fresh.map((page) => storableJson(page.hints)),
      fresh.map((page) => page.refusal ?? null),
    ];
    const called = hosts.filter((_host, index) => !fresh[index]?.refusal);
    return this.callingHosts(called, now, async (query) => {
      return (await query(ADD_PAGES, [...columns, now])).length;
    });
  }

  /** News that a hub pushed or a sitemap named count for the health of a source as those of its polls do. */
  async noteNews({ sourceId, newItems, at, rhythmAfter }: NewsOutsidePolls): Promise<void> {
    await inTransaction(this.pool, async (query) => {
      const [row] = await query<RhythmColumns>(LOCK_RHYTHM, [sourceId]);
      if (row === undefined) return;
      const { lastItemAt, itemGapMs, itemGaps } = rhythmAfter(readRhythm(row), at.getTime());
      await query(NOTE_NEWS, [sourceId, newItems, at, lastItemAt, itemGapMs, itemGaps]);
    });
  }

  /**
   * Adds sitemaps and wakes those that have changed since they were read, or that do not say when they
   * change and were read before `unreadSince`; resolves with how many are due now.
   */
  async addSitemaps(
    sitemaps: readonly FoundSitemap[],
    now: Date,
    unreadSince: Date,
  ): Promise<number> {
    if (sitemaps.length === 0) return 0;
    const hosts = sitemaps.map((sitemap) => new URL(sitemap.url).host);
    const columns = [
      sitemaps.map((sitemap) => sitemap.addressId),
      sitemaps.map((sitemap) => sitemap.url),
      hosts,
      sitemaps.map((sitemap) => sitemap.sourceId),
      sitemaps.map((sitemap) => storableJson(sitemap.hints)),
      sitemaps.map((sitemap) => sitemap.modifiedAt),
    ];
    return this.callingHosts(hosts, now, async (query) => {
      return (await query(ADD_SITEMAPS, [...columns, now, unreadSince])).length;
    });
  }

  /** Gives a host back without having done its work, which stays due. */
  async endTurn(lease: HostLease, freeAt: Date): Promise<void> {
    await this.endings.add({ lease, freeAt });
  }

  /**
   * Forgets at most `limit` pages that were found before `before` and are done, and hosts that nothing has
   * been asked of since; resolves with how many pages these were.
   */
  async prune(before: Date, limit: number): Promise<number> {
    await this.query(PRUNE_HOSTS, [before]);
    return (await this.query(PRUNE_FRONTIER, [before, limit])).length;
  }

  /** Records a poll and leaves the host alone until `freeAt`. */
  async endPoll(lease: HostLease, poll: PollRecord, freeAt: Date): Promise<void> {
    await this.endings.add({ lease, freeAt, poll });
  }

  /** Records a page and leaves the host alone until `freeAt`. */
  async endPage(lease: HostLease, page: PageRecord, freeAt: Date): Promise<void> {
    await this.endings.add({ lease, freeAt, page });
  }

  /** Sends the work of a turn on to another address and leaves the host alone until `freeAt`. */
  async sendOn(lease: HostLease, onward: OnwardRecord, freeAt: Date): Promise<void> {
    await this.endings.add({ lease, freeAt, onward });
  }

  private callingHosts<T>(
    hosts: readonly string[],
    now: Date,
    work: (query: Query) => Promise<T>,
  ): Promise<T> {
    return withConflictRetries(() =>
      inTransaction(this.pool, async (query) => {
        await callHosts(
          query,
          hosts.map((host) => ({ host, at: now })),
        );
        return work(query);
      }),
    );
  }
}
