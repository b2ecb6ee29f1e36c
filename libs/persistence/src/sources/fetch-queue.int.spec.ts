import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FetchQueueRepository } from './fetch-queue.repository.ts';
import type { FetchTurn, FoundPage, PageRecord, PollRecord } from './fetch-turn.ts';
import { SourceRepository } from './source.repository.ts';

const START_MS = Date.UTC(2026, 0, 15, 12);
const LEASE_MS = 60_000;
const DELAY_MS = 5_000;

let database: TestDatabase;
let pool: Pool;
let sources: SourceRepository;
let queue: FetchQueueRepository;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  sources = new SourceRepository(pool);
  queue = new FetchQueueRepository(pool);
});

afterAll(() => database.drop());

beforeEach(async () => {
  await pool.query('TRUNCATE source, source_state, frontier, host, websub');
});

function at(seconds: number): Date {
  return new Date(START_MS + seconds * 1_000);
}

async function follow(url: string): Promise<string> {
  const id = randomUUID();
  expect(await sources.add({ id, url, name: null, createdAt: at(0) })).toBe(true);
  return id;
}

function take(seconds: number, limit = 10): Promise<readonly FetchTurn[]> {
  return queue.takeTurns(at(seconds), new Date(at(seconds).getTime() + LEASE_MS), limit);
}

function page(sourceId: string, url: string): FoundPage {
  return { addressId: randomUUID(), url, sourceId, hints: { title: url } };
}

function endedPoll(sourceId: string, seconds: number, nextSeconds: number): PollRecord {
  return {
    sourceId,
    polledAt: at(seconds),
    nextPollAt: at(nextSeconds),
    nextPollReason: 'steady',
    askedWholeBecause: null,
    intervalMs: 900_000,
    consecutiveFailures: 0,
    nextUrl: 'https://news.example/feed',
    memory: { wholeAtMs: 7 },
    result: {
      kind: 'succeeded',
      etag: '"1"',
      lastModified: null,
      bodyHash: 'h',
      newItems: 2,
      rhythm: { lastItemAt: at(seconds), itemGapMs: 60_000, itemGaps: 3 },
    },
  };
}

function done(
  { addressId, url }: Pick<FoundPage, 'addressId' | 'url'>,
  when: Date,
  dueAt: Date | null = null,
): PageRecord {
  const seen = { etag: '"p"', lastModified: null, bodyHash: 'b' };
  return { kind: 'done', addressId, url, at: when, dueAt, ...seen };
}

async function takeOne(seconds: number): Promise<FetchTurn> {
  const [turn, ...others] = await take(seconds);
  expect(others).toEqual([]);
  return turn!;
}

describe('a source', () => {
  it('is polled as soon as it was taken up, and by one fetcher only', async () => {
    const id = await follow('https://news.example/feed');
    expect(await take(0)).toEqual([]);
    expect(await queue.adoptSources(at(1))).toBe(1);
    expect(await queue.adoptSources(at(1))).toBe(0);
    const [first, second] = await Promise.all([take(1), take(1)]);
    const turns = [...first, ...second];
    expect(turns).toMatchObject([
      { kind: 'poll', host: 'news.example', poll: { sourceId: id, etag: null, intervalMs: null } },
    ]);
  });

  it('comes again when the next poll is due, with the validators of the last', async () => {
    const id = await follow('https://news.example/feed');
    await queue.adoptSources(at(0));
    await queue.endPoll(await takeOne(0), endedPoll(id, 1, 900), at(6));
    expect(await take(899)).toEqual([]);
    expect(await takeOne(900)).toMatchObject({
      poll: { etag: '"1"', bodyHash: 'h', intervalMs: 900_000 },
    });
    const { health } = (await sources.findById(id))!;
    expect(health).toEqual({
      lastPolledAt: at(1),
      lastSuccessAt: at(1),
      lastError: null,
      nextPollAt: at(900),
      nextPollReason: 'steady',
      askedWholeBecause: null,
      itemsSeen: 2,
      itemsPerDay: 0,
      feedUrl: null,
      consecutiveFailures: 0,
      intervalMs: 900_000,
      rhythm: { lastItemAt: at(1), itemGapMs: 60_000, itemGaps: 3 },
    });
  });

  it('shows its error and keeps its validators when a poll fails', async () => {
    const id = await follow('https://news.example/feed');
    await queue.adoptSources(at(0));
    await queue.endPoll(await takeOne(0), endedPoll(id, 1, 10), at(1));
    const failed = { kind: 'failed', code: 'TIMED_OUT', detail: 'too\u0000 slow' } as const;
    const decided = { nextPollReason: 'back-off', askedWholeBecause: 'daily-check' };
    const record = { ...endedPoll(id, 11, 20), ...decided, consecutiveFailures: 1 };
    await queue.endPoll(await takeOne(11), { ...record, result: failed }, at(11));
    expect((await sources.findById(id))!.health).toMatchObject({
      lastSuccessAt: at(1),
      lastError: { code: 'TIMED_OUT', at: at(11) },
      ...decided,
    });
    expect(await takeOne(20)).toMatchObject({ poll: { etag: '"1"', consecutiveFailures: 1 } });
  });

  it('rests while it is paused, also when it was paused during a poll, and goes on at once', async () => {
    const id = await follow('https://news.example/feed');
    await queue.adoptSources(at(0));
    const turn = await takeOne(0);
    await sources.update(id, { enabled: false, at: at(1) });
    await queue.adoptSources(at(1));
    await queue.endPoll(turn, endedPoll(id, 2, 10), at(2));
    expect(await take(1_000)).toEqual([]);
    expect((await sources.findById(id))!.health).toMatchObject({
      nextPollAt: null,
      nextPollReason: 'paused-by-owner',
    });
    await sources.update(id, { enabled: true, at: at(1_000) });
    await queue.adoptSources(at(1_001));
    expect(await takeOne(1_001)).toMatchObject({ kind: 'poll' });
  });

  it('leaves no trace of work when it is deleted, but that its pages are known', async () => {
    const id = await follow('https://news.example/feed');
    await queue.adoptSources(at(0));
    await queue.addPages([page(id, 'https://news.example/1')], at(0));
    expect(await sources.delete(id)).toBe(true);
    expect(await sources.delete(id)).toBe(false);
    expect(await takeOne(1)).toMatchObject({ kind: 'page', page: { source: null } });
  });

  it('is followed once', async () => {
    await follow('https://news.example/feed');
    const again = {
      id: randomUUID(),
      url: 'https://news.example/feed',
      name: 'x',
      createdAt: at(1),
    };
    expect(await sources.add(again)).toBe(false);
    expect(await sources.list(10, null)).toHaveLength(1);
  });

  it('is listed in the order of adding, page by page', async () => {
    for (let i = 0; i < 5; i += 1) {
      const url = `https://site${i}.example/feed`;
      await sources.add({ id: randomUUID(), url, name: null, createdAt: at(Math.floor(i / 2)) });
    }
    const first = await sources.list(3, null);
    const second = await sources.list(3, first.at(-1)!);
    const urls = [...first, ...second].map((source) => source.url);
    expect(second).toHaveLength(2);
    expect(new Set(urls).size).toBe(5);
  });
});

describe('the frontier', () => {
  it('takes a page once, however often it is found', async () => {
    const id = await follow('https://news.example/feed');
    const pages = [page(id, 'https://news.example/1'), page(id, 'https://news.example/2')];
    expect(await queue.addPages(pages, at(0))).toBe(2);
    expect(await queue.addPages(pages, at(1))).toBe(0);
    expect(await queue.addPages([...pages, page(id, 'https://news.example/3')], at(1))).toBe(1);
    expect(await queue.addPages([], at(1))).toBe(0);
  });

  it('gives a host one turn at a time and a pause after each, and hosts in turn', async () => {
    const id = await follow('https://news.example/feed');
    const found = ['a', 'b'].flatMap((host) =>
      [1, 2].map((number) => page(id, `https://${host}.example/${number}`)),
    );
    await queue.addPages(found, at(0));
    const turns = await take(0);
    expect(turns.map((turn) => turn.host).toSorted()).toEqual(['a.example', 'b.example']);
    expect(await take(1)).toEqual([]);
    const [first] = turns;
    if (first?.kind !== 'page') throw new Error('a page was due');
    const record = done(first.page, at(2));
    await queue.endPage(first, record, new Date(at(2).getTime() + DELAY_MS));
    expect(await take(6)).toEqual([]);
    expect(await takeOne(7)).toMatchObject({ kind: 'page', host: first.host });
  });

  it('polls before it fetches pages of the same host', async () => {
    const id = await follow('https://news.example/feed');
    await queue.addPages([page(id, 'https://news.example/1')], at(0));
    await queue.adoptSources(at(1));
    const turn = await takeOne(1);
    expect(turn.kind).toBe('poll');
    await queue.endPoll(turn, endedPoll(id, 1, 900), at(6));
    expect(await takeOne(6)).toMatchObject({ kind: 'page' });
  });

  it('keeps pages that are found while their host is being talked to', async () => {
    const id = await follow('https://news.example/feed');
    await queue.adoptSources(at(0));
    const turn = await takeOne(0);
    await queue.addPages([page(id, 'https://news.example/1')], at(1));
    await queue.endPoll(turn, endedPoll(id, 2, 900), at(7));
    expect(await take(6)).toEqual([]);
    expect(await takeOne(7)).toMatchObject({ kind: 'page' });
  });

  it('gives the work of a fetcher that died to another when its lease ends', async () => {
    const id = await follow('https://news.example/feed');
    await queue.addPages([page(id, 'https://news.example/1')], at(0));
    const lost = await takeOne(0);
    expect(await take(59)).toEqual([]);
    const taken = await takeOne(60);
    expect(taken).toMatchObject({ kind: 'page' });
    if (lost.kind !== 'page') throw new Error('a page was due');
    // The first was not dead after all: its record counts, but the host stays with the second.
    const record = done(lost.page, at(61));
    await queue.endPage(lost, record, at(61));
    await queue.addPages([page(id, 'https://news.example/2')], at(62));
    expect(await take(63)).toEqual([]);
  });

  it('tries a page again when it is due, counting, and forgets no reason', async () => {
    const id = await follow('https://news.example/feed');
    await queue.addPages([page(id, 'https://news.example/1')], at(0));
    const turn = await takeOne(0);
    if (turn.kind !== 'page') throw new Error('a page was due');
    const { addressId, url } = turn.page;
    await queue.endPage(
      turn,
      { kind: 'again', addressId, url, code: 'TIMED_OUT', dueAt: at(100) },
      at(5),
    );
    expect(await take(99)).toEqual([]);
    const again = await takeOne(100);
    expect(again).toMatchObject({
      page: { attempts: 1, hints: { title: 'https://news.example/1' } },
    });
    await queue.endPage(again, { kind: 'given-up', addressId, url, code: 'HTTP_STATUS' }, at(105));
    expect(await take(10_000)).toEqual([]);
    const { rows } = await pool.query('SELECT due_at, attempts, last_error_code FROM frontier');
    expect(rows).toEqual([{ due_at: null, attempts: 2, last_error_code: 'HTTP_STATUS' }]);
  });

  it('survives many fetchers and finders at once: every page once, never two of one host', async () => {
    const id = await follow('https://news.example/feed');
    const hosts = Array.from({ length: 8 }, (_, number) => `h${number}.example`);
    const found = hosts.flatMap((host) =>
      Array.from({ length: 5 }, (_, number) => page(id, `https://${host}/${number}`)),
    );
    const fetchedIds: string[] = [];
    const inHand = new Set<string>();
    async function fetcher(): Promise<void> {
      while (fetchedIds.length < found.length) {
        for (const turn of await queue.takeTurns(at(10), at(1_000), 3)) {
          if (turn.kind !== 'page') throw new Error('only pages are due');
          expect(inHand.has(turn.host)).toBe(false);
          inHand.add(turn.host);
          await queue.addPages([found[fetchedIds.length % found.length]!], at(10));
          fetchedIds.push(turn.page.addressId);
          inHand.delete(turn.host);
          await queue.endPage(turn, done(turn.page, at(10)), at(10));
        }
      }
    }
    const finders = hosts.map((_, index) => queue.addPages(found.toSpliced(index * 5, 2), at(0)));
    await Promise.all([...finders, fetcher(), fetcher(), fetcher()]);
    expect(fetchedIds.toSorted()).toEqual(found.map((item) => item.addressId).toSorted());
  });
});

describe('a source whose feed is elsewhere', () => {
  it('is asked there, at that host, until its owner changes it', async () => {
    const id = await follow('https://news.example/');
    await queue.adoptSources(at(0));
    const elsewhere = { ...endedPoll(id, 1, 2), nextUrl: 'https://cdn.example/feed' };
    await queue.endPoll(await takeOne(0), elsewhere, at(1));
    expect(await takeOne(2)).toMatchObject({
      host: 'cdn.example',
      poll: {
        url: 'https://cdn.example/feed',
        ownerUrl: 'https://news.example/',
        memory: { wholeAtMs: 7 },
      },
    });
    expect((await sources.findById(id))!.health.feedUrl).toBe('https://cdn.example/feed');
    await sources.update(id, { enabled: true, at: at(70) });
    await queue.adoptSources(at(70));
    expect(await takeOne(70)).toMatchObject({
      host: 'news.example',
      poll: { url: 'https://news.example/', etag: null, memory: {} },
    });
  });
});

describe('what is found', () => {
  it('is remembered but never due where it was refused', async () => {
    const sourceId = await follow('https://news.example/feed');
    const refused = { ...page(sourceId, 'https://ads.example/1'), refusal: 'FOREIGN_LINK' };
    expect(await queue.addPages([refused], at(0))).toBe(1);
    expect(await queue.knownPages([refused.addressId])).toEqual(new Set([refused.addressId]));
    expect(await take(1)).toEqual([]);
  });

  it('comes again with its validators when it is to be looked at again', async () => {
    const sourceId = await follow('https://news.example/feed');
    const one = page(sourceId, 'https://news.example/1');
    await queue.addPages([one], at(0));
    await queue.endPage(await takeOne(0), done(one, at(1), at(3_600)), at(1));
    expect(await take(3_599)).toEqual([]);
    expect(await takeOne(3_600)).toMatchObject({
      page: { etag: '"p"', bodyHash: 'b', fetchedAt: at(1), foundAt: at(0), attempts: 0 },
    });
  });

  it('is read again, if it is a sitemap, when it has changed or does not say', async () => {
    const sourceId = await follow('https://news.example/sitemap.xml');
    const sitemap = (name: string, modifiedAt: Date | null) => ({
      ...page(sourceId, `https://${name}.example/s.xml`),
      addressId: `00000000-0000-4000-8000-00000000000${name}`,
      modifiedAt,
    });
    const add = (seconds: number, ...list: ReturnType<typeof sitemap>[]) =>
      queue.addSitemaps(list, at(seconds), at(seconds - 600));
    expect(await add(0, sitemap('1', at(0)), sitemap('2', null))).toBe(2);
    for (const turn of await take(0)) {
      if (turn.kind !== 'page') throw new Error('a sitemap was due');
      expect(turn.page.kind).toBe('sitemap');
      await queue.endPage(turn, done(turn.page, at(5)), at(5));
    }
    expect(await add(60, sitemap('1', at(0)), sitemap('2', null))).toBe(0);
    expect(await add(700, sitemap('1', at(650)), sitemap('2', null))).toBe(2);
  });

  it('is forgotten when it is old and done, and only then', async () => {
    const sourceId = await follow('https://news.example/feed');
    const pages = [1, 2].map((number) => page(sourceId, `https://h${number}.example/`));
    await queue.addPages(pages, at(0));
    const [turn] = await take(0, 1);
    if (turn?.kind !== 'page') throw new Error('a page was due');
    await queue.endPage(turn, done(turn.page, at(1)), at(1));
    expect(await queue.prune(at(0), 10)).toBe(0);
    expect(await queue.prune(at(1), 10)).toBe(1);
    expect((await queue.knownPages(pages.map((one) => one.addressId))).size).toBe(1);
  });
});
