import { setTimeout as delay } from 'node:timers/promises';
import {
  GatewayClient,
  openRawTopic,
  type RawRecord,
  type RunningSystem,
  startSystem,
  waitFor,
} from '@broadsheet/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asPage, asPlainText, corpus } from './corpus.ts';
import { describeMachine, formatTable, percentile } from './machine.ts';

const TEXTS = Number(process.env['BENCH_TEXTS'] ?? 20_000);
const PAGES = Number(process.env['BENCH_PAGES'] ?? 3_000);
const LATENCY_SAMPLES = Number(process.env['BENCH_SAMPLES'] ?? 300);
const TEXT_BYTES = 4_000;
const PAGE_BYTES = 170_000;
const PUSHES_PER_SECOND = 10;
const IDLE_SECONDS = 30;
const TICKS_PER_SECOND = 100;
/** In five seconds: a twentieth of a core. */
const AT_REST_TICKS = 25;

const rows: string[][] = [['what', 'figure']];
let system: RunningSystem;
let gateway: GatewayClient;

beforeAll(async () => {
  system = await startSystem({ environment: { LOG_LEVEL: 'warn' } });
  gateway = new GatewayClient(system.gatewayUrl);
});
afterAll(async () => {
  await system.dispose();
  console.log(`\n${describeMachine()}\n\n${formatTable(rows)}\n`);
});

const countAll = () => gateway.count({});

/** Pushes records as fast as the broker takes them and waits until each is searchable. */
async function articlesPerSecond(records: readonly RawRecord[]): Promise<number> {
  const before = await countAll();
  const raw = await openRawTopic(system.brokers);
  const startedAt = performance.now();
  await raw.pushAll(records);
  await waitFor(async () => (await countAll()) >= before + records.length, {
    timeoutMs: 600_000,
    what: 'all articles',
    pollMs: 500,
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  await raw.close();
  return records.length / seconds;
}

function residentMegabytes(): string {
  return Object.entries(system.services)
    .map(([name, service]) => `${name} ${Math.round(service.residentBytes / 2 ** 20)}`)
    .join(', ');
}

it('4 KB texts, raw to searchable', async () => {
  const articles = corpus(1, TEXT_BYTES);
  const warmUp = Array.from({ length: 2_000 }, () => ({
    value: asPlainText(articles.next().value),
  }));
  await articlesPerSecond(warmUp);
  const records = Array.from({ length: TEXTS }, () => ({
    value: asPlainText(articles.next().value),
  }));
  const rate = await articlesPerSecond(records);
  rows.push([`${TEXTS} texts of 4 KB, articles/s`, rate.toFixed(0)]);
  rows.push(['RSS after texts, MB', residentMegabytes()]);
  expect(rate).toBeGreaterThan(0);
});

it('170 KB pages, raw to searchable', async () => {
  const articles = corpus(2, TEXT_BYTES);
  const records = Array.from({ length: PAGES }, (_, n) => {
    const url = `https://bench.example.org/page/${n}`;
    return { key: url, value: asPage(articles.next().value, url, PAGE_BYTES) };
  });
  const rate = await articlesPerSecond(records);
  rows.push([`${PAGES} pages of 170 KB, articles/s`, rate.toFixed(0)]);
  rows.push(['RSS after pages, MB', residentMegabytes()]);
  expect(rate).toBeGreaterThan(0);
});

it('push to searchable at ten a second', async () => {
  const articles = corpus(3, TEXT_BYTES);
  const raw = await openRawTopic(system.brokers);
  const samples: number[] = [];
  const running: Promise<void>[] = [];
  const isSearchable = async (url: string) =>
    (await gateway.search({ url, fields: 'id' })).length > 0;
  // While the groups still gather, the questions of all who wait would be what is measured.
  const first = 'https://bench.example.org/latency/first';
  await raw.push({ key: first, value: asPlainText(articles.next().value) });
  await waitFor(() => isSearchable(first), { timeoutMs: 60_000, what: first });
  for (let n = 0; n < LATENCY_SAMPLES; n += 1) {
    const url = `https://bench.example.org/latency/${n}`;
    const value = asPlainText(articles.next().value);
    running.push(
      (async () => {
        const startedAt = performance.now();
        await raw.push({ key: url, value });
        await waitFor(() => isSearchable(url), {
          timeoutMs: 30_000,
          what: url,
          pollMs: 5,
        });
        samples.push(performance.now() - startedAt);
      })(),
    );
    await delay(1_000 / PUSHES_PER_SECOND);
  }
  await Promise.all(running);
  await raw.close();
  for (const share of [0.5, 0.99]) {
    rows.push([`push → searchable p${share * 100}, ms`, percentile(samples, share).toFixed(0)]);
  }
  expect(samples).toHaveLength(LATENCY_SAMPLES);
});

/** What is still done for the articles of before, such as finding their stories, is not idling. */
async function untilAtRest(): Promise<void> {
  let last = Number.NEGATIVE_INFINITY;
  const isAtRest = () => {
    const before = last;
    last = system.services.indexer.processorTicks;
    return Promise.resolve(last - before < AT_REST_TICKS);
  };
  await waitFor(isAtRest, { timeoutMs: 600_000, what: 'the indexer at rest', pollMs: 5_000 });
}

it('idle services', async () => {
  await untilAtRest();
  const before = Object.values(system.services).map((service) => service.processorTicks);
  await delay(IDLE_SECONDS * 1_000);
  Object.entries(system.services).forEach(([name, service], n) => {
    const seconds = (service.processorTicks - (before[n] ?? 0)) / TICKS_PER_SECOND;
    rows.push([`idle ${name}, % of a core`, ((100 * seconds) / IDLE_SECONDS).toFixed(1)]);
  });
  expect(before).toHaveLength(4);
});
