import { setTimeout as delay } from 'node:timers/promises';
import {
  ArticleReader,
  type ArticleSearch,
  ArticleWriter,
  createPool,
  migrate,
  type Pool,
} from '@broadsheet/persistence';
import { type OwnPostgres, startPostgres } from '@broadsheet/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { processorMilliseconds } from './backend-processor.ts';
import { describeMachine, formatTable, percentile } from './machine.ts';
import { PLANTED, searchCorpus } from './search-corpus.ts';

const ARTICLES = Number(process.env['BENCH_SEARCH_ARTICLES'] ?? 200_000);
const SAMPLES = Number(process.env['BENCH_SAMPLES'] ?? 40);
/** Left free for others between two searches: only their own time is measured. */
const PAUSE_MS = 20;
const TEXT_BYTES = 4_000;
const SEED = 11;
const CHUNK = 500;
const WRITERS = 2;
const FILL_TIMEOUT_MS = 3 * 60 * 60 * 1_000;
const LATER_PAGE = 50;

const rows: string[][] = [['what', 'found', 'p50 ms', 'p95 ms', 'CPU of Postgres, ms']];
let postgres: OwnPostgres | null;
let pool: Pool;
let reader: ArticleReader;

const QUERIES: readonly (readonly [string, string])[] = [
  ['word in 0.01 %', PLANTED.rare.word],
  ['word in 1 %', PLANTED.uncommon.word],
  ['word in 30 %', PLANTED.common.word],
  ['phrase of two such words', `"${PLANTED.common.word} ${PLANTED.alsoCommon.word}"`],
];
const FIRST_PAGE = { sort: 'relevance', limit: 20, highlight: false, count: 'none' } as const;
const SUMMARY = {
  facets: ['site', 'source', 'language', 'author', 'category'],
  histogram: 'day',
} as const;

beforeAll(async () => {
  // DATABASE_URL has to name an empty database, or one that this benchmark has filled.
  const given = process.env['DATABASE_URL'];
  postgres = given ? null : await startPostgres();
  const url = given ?? postgres?.url ?? '';
  await migrate(url);
  const settings = { url, applicationName: 'bench', statementTimeoutMs: 600_000 };
  const writers = createPool({ ...settings, maxConnections: WRITERS }, () => undefined);
  await fill(writers);
  await writers.end();
  pool = createPool({ ...settings, maxConnections: 1 }, () => undefined);
  reader = new ArticleReader(pool);
}, FILL_TIMEOUT_MS);

afterAll(async () => {
  await pool.end();
  await postgres?.dispose();
  console.log(`\n${describeMachine()}, ${ARTICLES} articles of 4 KB\n\n${formatTable(rows)}\n`);
});

async function fill(writers: Pool): Promise<void> {
  const counted = await writers.query<{ count: string }>('SELECT count(*) FROM article');
  if (Number(counted.rows[0]?.count) > 0) return;
  const writer = new ArticleWriter(writers);
  const articles = searchCorpus(SEED, TEXT_BYTES);
  let left = ARTICLES;
  const write = async () => {
    while (left > 0) {
      left -= CHUNK;
      await writer.apply(Array.from({ length: CHUNK }, () => articles.next().value));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  await writers.query('VACUUM (ANALYZE) article');
}

/** Runs it once to warm up and then again and again; `run` answers how many it found. */
async function measure(name: string, run: () => Promise<number>): Promise<void> {
  const found = await run();
  const milliseconds: number[] = [];
  const before = await processorMilliseconds(pool);
  for (let n = 0; n < SAMPLES; n += 1) {
    const startedAt = performance.now();
    await run();
    milliseconds.push(performance.now() - startedAt);
    await delay(PAUSE_MS);
  }
  const after = await processorMilliseconds(pool);
  const processor = before === null || after === null ? null : (after - before) / SAMPLES;
  rows.push([
    name,
    String(found),
    percentile(milliseconds, 0.5).toFixed(1),
    percentile(milliseconds, 0.95).toFixed(1),
    processor?.toFixed(1) ?? 'unknown',
  ]);
}

async function measureSearch(name: string, search: ArticleSearch): Promise<void> {
  await measure(name, async () => (await reader.search(search)).hits.length);
}

/** The search for a page far down, reached page by page; null where there are fewer pages. */
async function laterPage(search: ArticleSearch): Promise<ArticleSearch | null> {
  let page = search;
  for (let n = 1; n < LATER_PAGE; n += 1) {
    const { next } = await reader.search(page);
    if (next === null) return null;
    page = { ...search, after: next };
  }
  return page;
}

it.each(QUERIES)('%s', async (name, q) => {
  const search: ArticleSearch = { ...FIRST_PAGE, q };
  await measureSearch(name, search);
  await measureSearch(`${name}, highlighted`, { ...search, highlight: true });
  await measureSearch(`${name}, by date`, { ...search, sort: 'published' });
  await measureSearch(`${name}, facets and histogram`, { ...search, ...SUMMARY });
  const later = await laterPage(search);
  if (later !== null) await measureSearch(`${name}, page ${LATER_PAGE}`, later);
  expect((await reader.search(search)).hits.length).toBeGreaterThan(0);
});

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

it('newest 20, and one by its id', async () => {
  await measureSearch('newest 20', { ...FIRST_PAGE, sort: 'published' });
  await measureSearch('newest 20 with facets and histogram', {
    ...FIRST_PAGE,
    ...SUMMARY,
    sort: 'published',
  });
  const { rows: sample } = await pool.query<{ id: string }>(
    'SELECT id FROM article TABLESAMPLE system (1) LIMIT 1000',
  );
  let turn = 0;
  await measure('get by id', async () => {
    turn += 1;
    const article = await reader.findById(sample[turn % sample.length]?.id ?? '');
    return article === null ? 0 : 1;
  });
  expect(sample.length).toBeGreaterThan(0);
});
