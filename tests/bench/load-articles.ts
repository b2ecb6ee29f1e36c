import { migrate, type Pool } from '@broadsheet/persistence';
import { benchPool } from './bench-postgres.ts';
import { copyRows } from './copy-in.ts';
import { searchCorpus, seenAt } from './search-corpus.ts';
import { insertFromStaging, stagingColumns, upsertStatement } from './upsert-statement.ts';

const SEED = 11;
const TEXT_BYTES = 4_000;
const CHUNK = 500;
const WRITERS = 2;
/** One writer may be so far ahead of the other. */
const AHEAD = 20 * CHUNK;
const REPORT_EVERY = 20_000;

/**
 * Fills an empty database with articles as the indexer would write them, but by COPY and with the indexes made
 * afterwards. Does nothing where an earlier run has filled it, and goes on where that one was stopped.
 */
export async function loadArticles(url: string, articles: number): Promise<void> {
  await migrate(url);
  const pool = benchPool(url, WRITERS);
  try {
    if (await isLoaded(pool, articles)) return;
    await dropIndexes(pool);
    await writeArticles(pool, articles);
    await pool.query(`INSERT INTO article_alias (address_id, article_id, url)
SELECT id, id, url FROM article ON CONFLICT DO NOTHING`);
    await createIndexes(pool);
    await pool.query('CREATE TABLE bench_loaded AS SELECT count(*) AS articles FROM article');
    await pool.query('VACUUM (ANALYZE)');
  } finally {
    await pool.end();
  }
}

async function isLoaded(pool: Pool, articles: number): Promise<boolean> {
  const { rows } = await pool.query<{ table: string | null }>(
    `SELECT to_regclass('bench_loaded')::text AS table`,
  );
  if (rows[0]?.table !== 'bench_loaded') return false;
  const counted = await pool.query<{ articles: string }>('SELECT articles FROM bench_loaded');
  if (Number(counted.rows[0]?.articles) === articles) return true;
  throw new Error(`this database holds ${counted.rows[0]?.articles ?? 'no'} articles`);
}

/** All but the primary key; what they were is kept in the database, for a run that goes on. */
async function dropIndexes(pool: Pool): Promise<void> {
  await pool.query(`CREATE TABLE IF NOT EXISTS bench_indexes AS
SELECT indexname AS name, indexdef AS definition FROM pg_indexes
WHERE schemaname = current_schema() AND tablename = 'article' AND indexname <> 'article_pkey'`);
  const { rows } = await pool.query<{ name: string }>('SELECT name FROM bench_indexes');
  for (const { name } of rows) await pool.query(`DROP INDEX IF EXISTS ${name}`);
}

async function createIndexes(pool: Pool): Promise<void> {
  // The text index takes longest, so it is made beside all others.
  const { rows } = await pool.query<{ definition: string }>(
    `SELECT definition FROM bench_indexes ORDER BY definition LIKE '% gin %' DESC, name`,
  );
  const work = async () => {
    for (let next = rows.shift(); next !== undefined; next = rows.shift()) {
      await pool.query(next.definition);
    }
  };
  await Promise.all([work(), work()]);
}

/** Chunks that were under way when an earlier run was stopped are written once more. */
async function writtenBefore(client: Pick<Pool, 'query'> | undefined): Promise<number> {
  const counted = await client?.query<{ count: string }>('SELECT count(*) FROM article');
  return Math.max(0, Number(counted?.rows[0]?.count ?? 0) - AHEAD);
}

async function writeArticles(pool: Pool, articles: number): Promise<void> {
  // Connected first: making the words takes longer than a connection may.
  const clients = await Promise.all(Array.from({ length: WRITERS }, () => pool.connect()));
  let taken = await writtenBefore(clients[0]);
  const corpus = searchCorpus(SEED, TEXT_BYTES);
  for (let n = 0; n < taken; n += 1) corpus.next();
  const write = async (client: (typeof clients)[number], staging: string) => {
    await client.query('SET synchronous_commit = off');
    let isStaged = false;
    while (taken < articles) {
      const count = Math.min(CHUNK, articles - taken);
      taken += count;
      const serial = taken;
      const arrivals = Array.from({ length: count }, () => corpus.next().value);
      const statement = await upsertStatement(arrivals, () => seenAt(serial));
      if (!isStaged) {
        const columns = stagingColumns(statement);
        await client.query(`CREATE TEMPORARY TABLE ${staging} (${columns}) ON COMMIT DELETE ROWS`);
        isStaged = true;
      }
      await client.query('BEGIN');
      await copyRows(client, staging, statement.values);
      await client.query(`${insertFromStaging(statement, staging)} ON CONFLICT (id) DO NOTHING`);
      await client.query('COMMIT');
      if (serial % REPORT_EVERY < CHUNK) console.log(`${serial} articles written`);
    }
    client.release(true);
  };
  await Promise.all(clients.map((client, n) => write(client, `staging_${n}`)));
}
