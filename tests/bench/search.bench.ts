import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from '@broadsheet/persistence';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postgresMilliseconds } from './backend-processor.ts';
import { type BenchGateway, startBenchGateway } from './bench-gateway.ts';
import { benchPool, type BenchPostgres, startBenchPostgres } from './bench-postgres.ts';
import { loadArticles } from './load-articles.ts';
import { describeMachine, formatTable, percentile } from './machine.ts';
import { PLANTED } from './search-corpus.ts';

const ARTICLES = Number(process.env['BENCH_SEARCH_ARTICLES'] ?? 200_000);
const SAMPLES = Number(process.env['BENCH_SAMPLES'] ?? 40);
const CLIENTS = 16;
const CLIENTS_MS = Number(process.env['BENCH_CLIENTS_SECONDS'] ?? 60) * 1_000;
/** Left free for others between two searches: only their own time is measured. */
const PAUSE_MS = 20;
const WARM_UPS = 3;
const LOAD_TIMEOUT_MS = 3 * 60 * 60 * 1_000;
const LATER_PAGE = 50;

const rows: string[][] = [['what', 'found', 'p50 ms', 'p95 ms', 'CPU of Postgres, ms']];
let postgres: BenchPostgres;
let gateway: BenchGateway;
let pool: Pool;

const QUERIES: readonly (readonly [string, string])[] = [
  ['word in 0.01 %', PLANTED.rare.word],
  ['word in 1 %', PLANTED.uncommon.word],
  ['word in 30 %', PLANTED.common.word],
  ['phrase of two such words', `"${PLANTED.common.word} ${PLANTED.alsoCommon.word}"`],
];
const SUMMARY = { facets: 'site,source,language,author,category', histogram: 'day' };

type Parameters = Readonly<Record<string, string>>;

interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly next: string | null;
}

beforeAll(async () => {
  postgres = await startBenchPostgres();
  await loadArticles(postgres.url, ARTICLES);
  gateway = await startBenchGateway(postgres.url);
  pool = benchPool(postgres.url, 1);
}, LOAD_TIMEOUT_MS);

afterAll(async () => {
  await gateway.stop();
  await pool.end();
  await postgres.stop();
  console.log(`\n${describeMachine()}, ${ARTICLES} articles of 4 KB\n\n${formatTable(rows)}\n`);
});

function pathOf(parameters: Parameters): string {
  return `/api/v1/articles?${new URLSearchParams(parameters).toString()}`;
}

async function search(parameters: Parameters): Promise<Page> {
  const { status, body } = await gateway.get(pathOf(parameters));
  if (status !== 200) throw new Error(`${status} for ${pathOf(parameters)}: ${body}`);
  return JSON.parse(body) as Page;
}

/** Runs it a few times to warm up and then again and again; `run` answers how many it found. */
async function measure(name: string, run: () => Promise<number>): Promise<void> {
  let found = 0;
  for (let n = 0; n < WARM_UPS; n += 1) found = await run();
  const milliseconds: number[] = [];
  const before = await postgresMilliseconds(pool, 'broadsheet-gateway');
  for (let n = 0; n < SAMPLES; n += 1) {
    const startedAt = performance.now();
    await run();
    milliseconds.push(performance.now() - startedAt);
    await delay(PAUSE_MS);
  }
  const after = await postgresMilliseconds(pool, 'broadsheet-gateway');
  const processor = before === null || after === null ? null : (after - before) / SAMPLES;
  rows.push([
    name,
    String(found),
    percentile(milliseconds, 0.5).toFixed(1),
    percentile(milliseconds, 0.95).toFixed(1),
    processor?.toFixed(1) ?? 'unknown',
  ]);
}

async function measureSearch(name: string, parameters: Parameters): Promise<void> {
  await measure(name, async () => (await search(parameters)).items.length);
}

/** The search for a page far down, reached page by page; null where there are fewer pages. */
async function laterPage(parameters: Parameters): Promise<Parameters | null> {
  let page = parameters;
  for (let n = 1; n < LATER_PAGE; n += 1) {
    const { next } = await search(page);
    if (next === null) return null;
    page = { ...parameters, cursor: next };
  }
  return page;
}

it.each(QUERIES)('%s', async (name, q) => {
  await measureSearch(name, { q });
  await measureSearch(`${name}, highlighted`, { q, highlight: 'true' });
  await measureSearch(`${name}, by date`, { q, sort: 'published' });
  await measureSearch(`${name}, facets and histogram`, { q, ...SUMMARY });
  const later = await laterPage({ q });
  if (later !== null) await measureSearch(`${name}, page ${LATER_PAGE}`, later);
  const latest = await laterPage({ q, sort: 'published' });
  if (latest !== null) await measureSearch(`${name}, by date, page ${LATER_PAGE}`, latest);
  expect((await search({ q })).items.length).toBeGreaterThan(0);
});

it('newest 20, and one by its id', async () => {
  await measureSearch('newest 20', {});
  await measureSearch('newest 20, facets and histogram', SUMMARY);
  const { rows: sample } = await pool.query<{ id: string }>(
    'SELECT id FROM article TABLESAMPLE system (1) LIMIT 1000',
  );
  let turn = 0;
  const next = () => `/api/v1/articles/${sample[(turn += 1) % sample.length]?.id ?? ''}`;
  await measure('get by id', async () => ((await gateway.get(next())).status === 200 ? 1 : 0));
  const known = next();
  const etag = (await gateway.get(known)).headers.etag ?? '';
  const conditional = () => gateway.get(known, { 'if-none-match': etag });
  await measure('304', async () => ((await conditional()).status === 304 ? 1 : 0));
  expect((await conditional()).status).toBe(304);
});

it(
  `${CLIENTS} clients at once`,
  async () => {
    const paths = QUERIES.flatMap(([, q]) => [
      pathOf({ q }),
      pathOf({ q, highlight: 'true' }),
      pathOf({ q, sort: 'published' }),
      pathOf({ q, ...SUMMARY }),
      pathOf({}),
    ]);
    const milliseconds: number[] = [];
    const failures: string[] = [];
    const endsAt = performance.now() + CLIENTS_MS;
    const client = async (offset: number) => {
      for (let n = offset; performance.now() < endsAt; n += 1) {
        const path = paths[n % paths.length] ?? '';
        const startedAt = performance.now();
        const { status } = await gateway.get(path);
        milliseconds.push(performance.now() - startedAt);
        if (status !== 200) failures.push(`${status} for ${path}`);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n)));
    rows.push([
      `${CLIENTS} clients for ${CLIENTS_MS / 1_000} s, ${failures.length} errors`,
      String(milliseconds.length),
      percentile(milliseconds, 0.5).toFixed(1),
      percentile(milliseconds, 0.95).toFixed(1),
      '',
    ]);
    expect(failures).toEqual([]);
  },
  CLIENTS_MS * 3,
);

it.each(QUERIES)('%s, plainly ranked', async (name, q) => {
  // What most people write: all matches ranked, the best taken.
  const plain = `SELECT id FROM article, phraseto_tsquery('english', $1) AS query WHERE search_vector @@ query
    ORDER BY ts_rank(search_vector, query) DESC LIMIT 20`;
  const startedAt = performance.now();
  const { rows: found } = await pool.query(plain, [q]);
  const milliseconds = (performance.now() - startedAt).toFixed(1);
  rows.push([`${name}, ts_rank over all`, String(found.length), milliseconds, milliseconds, '']);
  expect(found.length).toBeGreaterThan(0);
});
