import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FetchQueueRepository } from './fetch-queue.repository.ts';
import type { FetchTurn, OnwardRecord } from './fetch-turn.ts';
import { SourceRepository } from './source.repository.ts';

const START_MS = Date.UTC(2026, 0, 15, 12);
const PAGE_URL = 'https://news.example/1';
const FEED_URL = 'https://news.example/feed';
const TARGET = 'https://cdn.example/1';
const REDIRECTS = [{ status: 302, to: TARGET }];

let database: TestDatabase;
let pool: Pool;
let sources: SourceRepository;
let queue: FetchQueueRepository;
let sourceId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  sources = new SourceRepository(pool);
  queue = new FetchQueueRepository(pool);
});

afterAll(() => database.drop());

beforeEach(async () => {
  await pool.query('TRUNCATE source, source_state, frontier, host, websub');
  sourceId = randomUUID();
  await sources.add({ id: sourceId, url: FEED_URL, name: null, createdAt: at(0) });
});

function at(seconds: number): Date {
  return new Date(START_MS + seconds * 1_000);
}

async function takeOne(seconds: number): Promise<FetchTurn> {
  const turns = await queue.takeTurns(at(seconds), at(seconds + 60), 10);
  expect(turns).toHaveLength(1);
  return turns[0]!;
}

async function takePage(seconds: number) {
  const turn = await takeOne(seconds);
  if (turn.kind !== 'page') throw new Error('a page was due');
  return turn;
}

async function takeNone(seconds: number): Promise<void> {
  expect(await queue.takeTurns(at(seconds), at(seconds + 60), 10)).toEqual([]);
}

function onward(work: OnwardRecord['work'], id: string, seconds: number): OnwardRecord {
  return { work, id, url: TARGET, redirects: REDIRECTS, at: at(seconds) };
}

describe('a page that was redirected to another host', () => {
  const addressId = randomUUID();
  beforeEach(() => queue.addPages([{ addressId, url: PAGE_URL, sourceId, hints: {} }], at(0)));

  it('waits for a turn of that host, and keeps its address and its count', async () => {
    await queue.sendOn(await takeOne(0), onward('page', addressId, 1), at(6));
    const turn = await takeOne(1);
    expect(turn).toMatchObject({
      host: 'cdn.example',
      redirects: REDIRECTS,
      page: { addressId, url: PAGE_URL, attempts: 0 },
    });
  });

  it('does not break into the pause of that host', async () => {
    const there = { addressId: randomUUID(), url: 'https://cdn.example/own', sourceId, hints: {} };
    await queue.addPages([there], at(0));
    const turns = await queue.takeTurns(at(0), at(60), 2);
    const [own, first] = turns.toSorted((a, b) => a.host.localeCompare(b.host));
    await queue.sendOn(first!, onward('page', addressId, 1), at(6));
    await takeNone(2);
    const { addressId: id, url } = there;
    const seen = { etag: null, lastModified: null, bodyHash: null, dueAt: null };
    await queue.endPage(own!, { kind: 'done', addressId: id, url, at: at(3), ...seen }, at(8));
    await takeNone(7);
    expect(await takeOne(8)).toMatchObject({ host: 'cdn.example', page: { addressId } });
  });

  it('begins at its own host again the next time', async () => {
    await queue.sendOn(await takeOne(0), onward('page', addressId, 1), at(6));
    const again = { kind: 'again' as const, code: 'TIMED_OUT', dueAt: at(100) };
    await queue.endPage(await takeOne(1), { ...again, addressId, url: PAGE_URL }, at(6));
    await takeNone(99);
    expect(await takeOne(100)).toMatchObject({ host: 'news.example', redirects: [] });
  });

  it('that waits at the same host, for its robots.txt, has the next turn there', async () => {
    const url = 'http://news.example/1';
    const record = { ...onward('page', addressId, 1), url, redirects: [{ status: 307, to: url }] };
    await queue.sendOn(await takeOne(0), record, at(6));
    await takeNone(5);
    expect(await takeOne(6)).toMatchObject({ host: 'news.example', redirects: record.redirects });
  });

  it('is sent nowhere once somebody else is done with it', async () => {
    const lost = await takePage(0);
    const { url } = lost.page;
    const seen = { etag: null, lastModified: null, bodyHash: null, dueAt: at(3_600) };
    const record = { kind: 'done' as const, addressId, url, at: at(61), ...seen };
    await queue.endPage(await takeOne(60), record, at(61));
    await queue.sendOn(lost, onward('page', addressId, 62), at(62));
    expect(await takeOne(3_600)).toMatchObject({ host: 'news.example', redirects: [] });
  });
});

describe('a source that was redirected to another host', () => {
  beforeEach(() => queue.adoptSources(at(0)));

  const ended = {
    polledAt: at(2),
    nextPollAt: at(900),
    nextPollReason: 'steady',
    askedWholeBecause: null,
    intervalMs: 900_000,
    consecutiveFailures: 0,
    nextUrl: FEED_URL,
    memory: {},
    result: { kind: 'failed', code: 'TIMED_OUT', detail: '' },
  } as const;

  it('is asked there in that host’s turn, which says nothing about its health', async () => {
    const before = (await sources.findById(sourceId))!.health;
    await queue.sendOn(await takeOne(0), onward('poll', sourceId, 1), at(6));
    expect((await sources.findById(sourceId))!.health).toEqual(before);
    expect(await takeOne(1)).toMatchObject({
      host: 'cdn.example',
      redirects: REDIRECTS,
      poll: { sourceId, url: FEED_URL },
    });
  });

  it('begins at its own host again with the next poll', async () => {
    await queue.sendOn(await takeOne(0), onward('poll', sourceId, 1), at(6));
    await queue.endPoll(await takeOne(1), { ...ended, sourceId }, at(6));
    await takeNone(899);
    expect(await takeOne(900)).toMatchObject({ host: 'news.example', redirects: [] });
  });

  it('begins at the address that its owner has given it meanwhile', async () => {
    await queue.sendOn(await takeOne(0), onward('poll', sourceId, 1), at(6));
    await sources.update(sourceId, { enabled: true, at: at(2) });
    await queue.adoptSources(at(7));
    expect(await takeOne(7)).toMatchObject({ host: 'news.example', redirects: [] });
  });

  it('is sent nowhere once its owner has paused it', async () => {
    const turn = await takeOne(0);
    await sources.update(sourceId, { enabled: false, at: at(1) });
    await queue.adoptSources(at(1));
    await queue.sendOn(turn, onward('poll', sourceId, 2), at(6));
    await takeNone(1_000);
  });
});
