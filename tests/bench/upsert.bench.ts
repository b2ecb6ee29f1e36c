import { type ArticleArrival, ArticleWriter, type Pool } from '@broadsheet/persistence';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postgresMilliseconds } from './backend-processor.ts';
import { benchPool, type BenchPostgres, startBenchPostgres } from './bench-postgres.ts';
import { copyRows } from './copy-in.ts';
import { loadArticles } from './load-articles.ts';
import { describeMachine, formatTable } from './machine.ts';
import { searchCorpus, seenAt } from './search-corpus.ts';
import {
  type BulkStatement,
  insertFromStaging,
  stagingColumns,
  upsertStatement,
} from './upsert-statement.ts';

const STORED = Number(process.env['BENCH_SEARCH_ARTICLES'] ?? 100_000);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const CHUNKS_PER_ROUND = 6;
const CHUNK = 500;
const CONNECTIONS = 2;
const TEXT_BYTES = 4_000;
const SEED = 23;
const LOAD_TIMEOUT_MS = 3 * 60 * 60 * 1_000;
const TESTS_TIMEOUT_MS = 60 * 60 * 1_000;

type Client = Awaited<ReturnType<typeof connected>>;
type Way = (client: Client, statement: BulkStatement) => Promise<unknown>;

const rows: string[][] = [['way', 'articles/s', 'CPU of Postgres, µs per article']];
const spent = new Map<string, { articles: number; milliseconds: number; processor: number }>();
const written: unknown[] = [];
let postgres: BenchPostgres;
let pool: Pool;
let watcher: Pool;
const corpus = searchCorpus(SEED, TEXT_BYTES, STORED);

beforeAll(async () => {
  postgres = await startBenchPostgres();
  await loadArticles(postgres.url, STORED);
  pool = benchPool(postgres.url, CONNECTIONS);
  watcher = benchPool(postgres.url, 1);
}, LOAD_TIMEOUT_MS);

afterAll(async () => {
  // What is kept for other runs has to stay as it was; loading wrote nothing into the tables that are emptied.
  await watcher.query('TRUNCATE article_change, article_signature, article_band, trail');
  await watcher.query('DELETE FROM article_alias WHERE article_id = ANY ($1::uuid[])', [written]);
  await watcher.query('DELETE FROM article WHERE id = ANY ($1::uuid[])', [written]);
  await watcher.query('VACUUM article');
  await Promise.all([pool.end(), watcher.end()]);
  await postgres.stop();
  for (const [way, { articles, milliseconds, processor }] of spent) {
    const rate = (articles / milliseconds) * 1_000;
    rows.push([way, rate.toFixed(0), ((processor * 1_000) / articles).toFixed(0)]);
  }
  const [alone, copied] = [...spent.values()];
  const ratioOf = (what: 'milliseconds' | 'processor') =>
    ((copied?.[what] ?? Number.NaN) / (alone?.[what] ?? Number.NaN)).toFixed(2);
  rows.push(['upsert ÷ COPY', ratioOf('milliseconds'), ratioOf('processor')]);
  console.log(`\n${describeMachine()}, beside ${STORED} articles\n\n${formatTable(rows)}\n`);
}, TESTS_TIMEOUT_MS);

function connected() {
  return pool.connect();
}

/** The next new articles. */
function arrivals(): ArticleArrival[] {
  const chunk = Array.from({ length: CHUNK }, () => corpus.next().value);
  written.push(...chunk.map(({ article }) => article.id));
  return chunk;
}

/** Does all of the work on all connections and adds up what it took, by the clock and in Postgres. */
async function timed(way: string, articles: number, work: () => Promise<unknown>): Promise<void> {
  const before = await postgresMilliseconds(watcher, 'bench');
  const startedAt = performance.now();
  await work();
  const milliseconds = performance.now() - startedAt;
  const after = await postgresMilliseconds(watcher, 'bench');
  const sum = spent.get(way) ?? { articles: 0, milliseconds: 0, processor: 0 };
  spent.set(way, {
    articles: sum.articles + articles,
    milliseconds: sum.milliseconds + milliseconds,
    processor: sum.processor + (after ?? Number.NaN) - (before ?? Number.NaN),
  });
}

async function inParallel(statements: readonly BulkStatement[], way: Way): Promise<void> {
  const left = [...statements];
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, connected));
  const work = async (client: Client) => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await way(client, next);
  };
  await Promise.all(clients.map(work));
  for (const client of clients) client.release();
}

const upsert: Way = (client, { text, values }) => client.query(text, [...values]);

const copyAndInsert: Way = async (client, statement) => {
  await client.query('BEGIN');
  await client.query(
    `CREATE TEMPORARY TABLE IF NOT EXISTS staging (${stagingColumns(statement)}) ON COMMIT DELETE ROWS`,
  );
  await copyRows(client, 'staging', statement.values);
  await client.query(insertFromStaging(statement, 'staging'));
  await client.query('COMMIT');
};

it(
  'writes by the statement of the indexer, by COPY, and by the whole writer',
  async () => {
    const clock = () => seenAt(STORED + written.length);
    const batch = CHUNK * CHUNKS_PER_ROUND;
    const statements = () =>
      Promise.all(
        Array.from({ length: CHUNKS_PER_ROUND }, () => upsertStatement(arrivals(), clock)),
      );
    const writer = new ArticleWriter(pool, clock);
    for (let round = 0; round < ROUNDS; round += 1) {
      const first = await statements();
      await timed('upsert statement alone', batch, () => inParallel(first, upsert));
      const second = await statements();
      await timed('COPY to staging, INSERT … SELECT', batch, () =>
        inParallel(second, copyAndInsert),
      );
      const third = Array.from({ length: CHUNKS_PER_ROUND }, arrivals);
      await timed('ArticleWriter (all that the indexer writes)', batch, () =>
        Promise.all(
          Array.from({ length: CONNECTIONS }, async () => {
            for (let next = third.shift(); next; next = third.shift()) await writer.apply(next);
          }),
        ),
      );
    }
    expect(spent.size).toBe(3);
  },
  TESTS_TIMEOUT_MS,
);
