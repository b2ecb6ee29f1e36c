import type { Pool } from '@broadsheet/persistence';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postgresMilliseconds, processMilliseconds } from './backend-processor.ts';
import { type BenchGateway, startBenchGateway } from './bench-gateway.ts';
import { benchPool, type BenchPostgres, startBenchPostgres } from './bench-postgres.ts';
import { loadArticles } from './load-articles.ts';
import { describeMachine, formatTable, percentile } from './machine.ts';

const ARTICLES = Number(process.env['BENCH_SEARCH_ARTICLES'] ?? 20_000);
const RUN_MS = Number(process.env['BENCH_GET_SECONDS'] ?? 10) * 1_000;
const CONNECTIONS = 8;
const SAMPLE = 10_000;
const LOAD_TIMEOUT_MS = 3 * 60 * 60 * 1_000;

const rows: string[][] = [
  [
    'what',
    'requests/s',
    'p95 ms',
    'CPU of the gateway, µs',
    'requests per s of one core',
    'CPU of Postgres, µs',
  ],
];
let postgres: BenchPostgres;
let gateway: BenchGateway;
let pool: Pool;
let ids: readonly string[];

beforeAll(async () => {
  postgres = await startBenchPostgres();
  await loadArticles(postgres.url, ARTICLES);
  gateway = await startBenchGateway(postgres.url);
  pool = benchPool(postgres.url, 1);
  const sample = await pool.query<{ id: string }>(
    'SELECT id FROM article TABLESAMPLE bernoulli (5) LIMIT $1',
    [SAMPLE],
  );
  ids = sample.rows.map(({ id }) => id);
}, LOAD_TIMEOUT_MS);

afterAll(async () => {
  await gateway.stop();
  await pool.end();
  await postgres.stop();
  console.log(`\n${describeMachine()}, ${ARTICLES} articles of 4 KB\n\n${formatTable(rows)}\n`);
});

/** Asks over a few connections until time is up; returns how long each answer took. */
async function ask(forMs: number, request: (id: string) => Promise<void>): Promise<number[]> {
  const milliseconds: number[] = [];
  const endsAt = performance.now() + forMs;
  const connection = async () => {
    while (performance.now() < endsAt) {
      const startedAt = performance.now();
      await request(ids[Math.floor(Math.random() * ids.length)] ?? '');
      milliseconds.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return milliseconds;
}

async function measure(name: string, request: (id: string) => Promise<void>): Promise<void> {
  await ask(RUN_MS / 2, request);
  const spent = async () => [
    (await processMilliseconds(gateway.pid)) ?? Number.NaN,
    (await postgresMilliseconds(pool, 'broadsheet-gateway')) ?? Number.NaN,
  ];
  const before = await spent();
  const milliseconds = await ask(RUN_MS, request);
  const after = await spent();
  const [ofGateway = Number.NaN, ofPostgres = Number.NaN] = after.map(
    (time, which) => ((time - (before[which] ?? 0)) * 1_000) / milliseconds.length,
  );
  rows.push([
    name,
    (milliseconds.length / (RUN_MS / 1_000)).toFixed(0),
    percentile(milliseconds, 0.95).toFixed(1),
    ofGateway.toFixed(0),
    (1_000_000 / ofGateway).toFixed(0),
    ofPostgres.toFixed(0),
  ]);
}

it('gets articles by random ids, text and all', async () => {
  await measure('get by random id', async (id) => {
    const { status } = await gateway.get(`/api/v1/articles/${id}`);
    if (status !== 200) throw new Error(`${status} for ${id}`);
  });
  expect(ids.length).toBeGreaterThan(0);
});

it('tells that nothing has changed', async () => {
  const tags = new Map<string, string>();
  ids = ids.slice(0, 1_000);
  for (const id of ids) {
    tags.set(id, (await gateway.get(`/api/v1/articles/${id}`)).headers.etag ?? '');
  }
  await measure('304', async (id) => {
    const known = { 'if-none-match': tags.get(id) ?? '' };
    const { status } = await gateway.get(`/api/v1/articles/${id}`, known);
    if (status !== 304) throw new Error(`${status} for ${id}`);
  });
  expect(tags.size).toBe(ids.length);
});
