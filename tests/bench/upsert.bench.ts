import { type ArticleArrival, ArticleWriter, type Pool } from '@broadsheet/persistence';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postgresMilliseconds } from './backend-processor.ts';
import { benchPool, type BenchPostgres, startBenchPostgres } from './bench-postgres.ts';
import { copyRows } from './copy-in.ts';
import { loadArticles } from './load-articles.ts';
import { describeMachine, formatTable, percentile } from './machine.ts';
import { searchCorpus, seenAt } from './search-corpus.ts';
import {
  type BulkStatement,
  insertFromStaging,
  stagingColumns,
  upsertStatement,
} from './upsert-statement.ts';

const STORED = Number(process.env['BENCH_SEARCH_ARTICLES'] ?? 100_000);
/** Counted; two more go before, so that neither way pays for what nobody has read yet. */
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 6);
const WARM_UPS = 2;
const CHUNKS_PER_ROUND = 6;
const CHUNK = 500;
const BATCH = CHUNK * CHUNKS_PER_ROUND;
const CONNECTIONS = 2;
const TEXT_BYTES = 4_000;
const SEED = 23;
const LOAD_TIMEOUT_MS = 3 * 60 * 60 * 1_000;
const TESTS_TIMEOUT_MS = 60 * 60 * 1_000;

type Client = Awaited<ReturnType<typeof connected>>;
type Way = (client: Client, statement: BulkStatement) => Promise<unknown>;

/** What one batch took: by the clock, and of processors in Postgres. */
interface Spent {
  readonly milliseconds: number;
  readonly processor: number;
}

const UPSERT = 'upsert statement alone';
const COPY = 'COPY to staging, INSERT … SELECT';
const WRITER = 'ArticleWriter (all that the indexer writes)';

const rows: string[][] = [
  ['way, median of the rounds', 'articles/s', 'CPU of Postgres, µs per article'],
];
const spent: Record<string, Spent[]> = { [UPSERT]: [], [COPY]: [], [WRITER]: [] };
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
  for (const [way, rounds] of Object.entries(spent)) {
    const rate = (BATCH / median(rounds.map(({ milliseconds }) => milliseconds))) * 1_000;
    const processor = (median(rounds.map((round) => round.processor)) * 1_000) / BATCH;
    rows.push([way, rate.toFixed(0), processor.toFixed(0)]);
  }
  rows.push(['upsert ÷ COPY', ratioOf('milliseconds'), ratioOf('processor')]);
  console.log(`\n${describeMachine()}, beside ${STORED} articles\n\n${formatTable(rows)}\n`);
}, TESTS_TIMEOUT_MS);

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Of rates, so that more is better; the two of one round stand side by side. */
function ratioOf(what: keyof Spent): string {
  const ratios = (spent[UPSERT] ?? []).map(
    (round, n) => (spent[COPY]?.[n]?.[what] ?? Number.NaN) / round[what],
  );
  return median(ratios).toFixed(2);
}

function connected() {
  return pool.connect();
}

/** The next new articles. */
function arrivals(): ArticleArrival[] {
  const chunk = Array.from({ length: CHUNK }, () => corpus.next().value);
  written.push(...chunk.map(({ article }) => article.id));
  return chunk;
}

async function timed(way: string, work: () => Promise<unknown>): Promise<void> {
  const before = await postgresMilliseconds(watcher, 'bench');
  const startedAt = performance.now();
  await work();
  const milliseconds = performance.now() - startedAt;
  const after = await postgresMilliseconds(watcher, 'bench');
  const processor = (after ?? Number.NaN) - (before ?? Number.NaN);
  spent[way]?.push({ milliseconds, processor });
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
    const writer = new ArticleWriter(pool, clock);
    const write = async () => {
      const chunks = Array.from({ length: CHUNKS_PER_ROUND }, arrivals);
      await timed(WRITER, () =>
        Promise.all(
          Array.from({ length: CONNECTIONS }, async () => {
            for (let next = chunks.shift(); next; next = chunks.shift()) await writer.apply(next);
          }),
        ),
      );
    };
    const run = async (name: string, way: Way) => {
      const chunks = Array.from({ length: CHUNKS_PER_ROUND }, arrivals);
      const statements = await Promise.all(chunks.map((chunk) => upsertStatement(chunk, clock)));
      await timed(name, () => inParallel(statements, way));
    };
    for (let round = 0; round < WARM_UPS + ROUNDS; round += 1) {
      if (round === WARM_UPS) for (const rounds of Object.values(spent)) rounds.length = 0;
      // First one way first and then the other: who comes second finds more in memory.
      if (round % 2 === 0) await run(UPSERT, upsert);
      await run(COPY, copyAndInsert);
      if (round % 2 === 1) await run(UPSERT, upsert);
      await write();
    }
    expect(Object.values(spent).map((rounds) => rounds.length)).toEqual([ROUNDS, ROUNDS, ROUNDS]);
  },
  TESTS_TIMEOUT_MS,
);
