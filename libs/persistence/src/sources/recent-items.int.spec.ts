import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FetchQueueRepository } from './fetch-queue.repository.ts';
import type { NewsOutsidePolls, NewsRhythm } from './fetch-turn.ts';
import { SourceRepository } from './source.repository.ts';

const DAY_MS = 86_400_000;

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

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * DAY_MS);
}

async function follow(sinceDays: number): Promise<string> {
  const id = randomUUID();
  const url = `https://${id}.example/feed`;
  await sources.add({ id, url, name: null, createdAt: daysAgo(sinceDays) });
  await queue.adoptSources(daysAgo(sinceDays));
  return id;
}

async function poll(sourceId: string, polledAt: Date, newItems: number): Promise<void> {
  const { host } = new URL(`https://${sourceId}.example/feed`);
  const record = {
    sourceId,
    polledAt,
    nextPollAt: polledAt,
    nextPollReason: 'news-came',
    askedWholeBecause: null,
    intervalMs: DAY_MS,
    consecutiveFailures: 0,
    nextUrl: `https://${host}/feed`,
    memory: {},
    result: {
      kind: 'succeeded' as const,
      etag: null,
      lastModified: null,
      bodyHash: null,
      newItems,
      rhythm: { lastItemAt: polledAt, itemGapMs: null, itemGaps: 0 },
    },
  };
  await queue.endPoll({ host, leaseUntil: polledAt }, record, polledAt);
}

/** The rhythm after it tells how often it was asked for. */
function pushed(sourceId: string, newItems: number, at: Date): NewsOutsidePolls {
  const rhythmAfter = (before: NewsRhythm, atMs: number) => ({
    lastItemAt: new Date(atMs),
    itemGapMs: atMs - (before.lastItemAt?.getTime() ?? atMs),
    itemGaps: before.itemGaps + 1,
  });
  return { sourceId, newItems, at, rhythmAfter };
}

async function itemsPerDay(sourceId: string): Promise<number | null> {
  return (await sources.findById(sourceId))?.health.itemsPerDay ?? null;
}

it('items a day are those of late, by poll and by push, but for what the first reading found', async () => {
  const id = await follow(60);
  await poll(id, daysAgo(59), 500);
  expect(await itemsPerDay(id)).toBe(0);
  for (let day = 30; day >= 1; day -= 1) await poll(id, daysAgo(day), day % 2 === 0 ? 24 : 0);
  const polled = (await itemsPerDay(id)) ?? 0;
  expect(polled).toBeGreaterThan(8);
  expect(polled).toBeLessThan(16);
  await queue.noteNews(pushed(id, 70, new Date()));
  expect((await itemsPerDay(id)) ?? 0).toBeCloseTo(polled + 10, 0);
});

it('items a day fade away once a source is quiet, and are unknown in its first day', async () => {
  const quiet = await follow(10_000);
  await poll(quiet, daysAgo(9_999), 1);
  await poll(quiet, daysAgo(9_998), 100);
  expect(await itemsPerDay(quiet)).toBeCloseTo(0);
  const young = await follow(0.5);
  await poll(young, daysAgo(0.4), 1);
  await poll(young, daysAgo(0.1), 10);
  expect(await itemsPerDay(young)).toBeNull();
});

it('the rhythm of a source is that of its polls and pushes together', async () => {
  const id = await follow(60);
  await poll(id, daysAgo(50), 5);
  const pushes = [daysAgo(40), daysAgo(30), daysAgo(20)];
  await Promise.all(pushes.map((at) => queue.noteNews(pushed(id, 1, at))));
  const { rhythm, lastSuccessAt } = (await sources.findById(id))?.health ?? {};
  expect(rhythm?.itemGaps).toBe(3);
  expect(lastSuccessAt).toEqual(pushes[2]);
  await poll(id, daysAgo(10), 0);
  expect((await sources.findById(id))?.health.rhythm).toEqual(rhythm);
});
