import { compareReady, contentHash, signText, storyTerms } from '@broadsheet/article';
import { functionWordsOf } from '@broadsheet/text';
import {
  type ArticleArrival,
  ArticleWriter,
  createPool,
  migrate,
  type Pool,
  StoryGatherer,
} from '@broadsheet/persistence';
import { articleArrival, type OwnPostgres, startPostgres } from '@broadsheet/testing';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeMachine, formatTable } from './machine.ts';
import { editedInRuns } from './near-duplicates/edited-copies.ts';
import { MadeUpNews } from './near-duplicates/made-up-news.ts';
import { StatementProcessor } from './near-duplicates/statement-processor.ts';

const STORED = Number(process.env['BENCH_NEAR_ARTICLES'] ?? 1_000_000);
const BATCHES = Number(process.env['BENCH_BATCHES'] ?? 12);
const BATCH = 250;
const WORDS = 600;
const COPY_SHARE = 0.3;
const FILL_TIMEOUT_MS = 60 * 60 * 1_000;
const NEAR_DUPLICATES =
  /article_band|article_signature|SET copy_of|copy_of = ANY|copy_of IS NULL|pg_current_snapshot/;
const STORIES = /story_|story /;
const FUNCTION_WORDS = functionWordsOf('en');

/**
 * Signatures as if so many articles were stored: random bands, but a hundredth of the articles shares half of its
 * bands with a thousand others, as templates do. Story terms as frequent as words are, within a month. The articles
 * themselves are not there.
 */
const FILL = [
  `INSERT INTO article_signature (article_id, sketch, bands, written_by)
SELECT gen_random_uuid(), decode(repeat(md5(n::text), 8), 'hex'),
  ARRAY(SELECT hashint8(n::bigint * 24 + band) FROM generate_series(1, 24) AS band), 3
FROM generate_series(1, $1::integer) AS n`,
  'ALTER TABLE article_band DROP CONSTRAINT article_band_pkey',
  `INSERT INTO article_band (hash, number)
SELECT CASE WHEN number % 100 = 0 AND place <= 12 THEN hashint8(number / 100 % 10 * 24 + place) ELSE hash END, number
FROM article_signature, unnest(bands) WITH ORDINALITY AS band(hash, place)`,
  'ALTER TABLE article_band ADD CONSTRAINT article_band_pkey PRIMARY KEY (hash, number)',
  `INSERT INTO story_member (article_id, story_id, at, terms)
SELECT gen_random_uuid(), gen_random_uuid(), timestamptz '2026-03-05' - n % 720 * interval '1 hour',
  ARRAY(SELECT DISTINCT ($2::integer[])[1 + floor(power(cardinality($2::integer[]), random() + 0 * n))::integer - 1]
    FROM generate_series(1, 15))
FROM generate_series(1, $1::integer) AS n`,
  'ALTER TABLE story_term DROP CONSTRAINT story_term_pkey',
  `INSERT INTO story_term (term, hour, number)
SELECT DISTINCT term, floor(extract(epoch FROM at) / 3600)::integer, number
FROM story_member, unnest(terms || 0) AS term WHERE term IS NOT NULL`,
  'ALTER TABLE story_term ADD CONSTRAINT story_term_pkey PRIMARY KEY (term, hour, number)',
  'VACUUM (ANALYZE) story_term',
  'VACUUM (ANALYZE) story_member',
  'VACUUM (ANALYZE) article_band',
  'VACUUM (ANALYZE) article_signature',
];

const rows: string[][] = [['CPU per article', 'ms']];
const news = new MadeUpNews(33);
const processor = new StatementProcessor();
let postgres: OwnPostgres | null;
let pool: Pool;

beforeAll(async () => {
  // DATABASE_URL has to name an empty database.
  const given = process.env['DATABASE_URL'];
  postgres = given ? null : await startPostgres();
  const url = given ?? postgres?.url ?? '';
  await migrate(url);
  const settings = { url, applicationName: 'bench', statementTimeoutMs: FILL_TIMEOUT_MS };
  pool = createPool({ ...settings, maxConnections: 1 }, () => undefined);
  processor.watch(pool);
  const terms = termsOfTitles();
  for (const statement of FILL) {
    const values = [STORED, terms].slice(0, statement.includes('$2') ? 2 : 1);
    await pool.query(statement, statement.includes('$1') ? values : []);
  }
}, FILL_TIMEOUT_MS);

afterAll(async () => {
  await pool.end();
  await postgres?.dispose();
  console.log(
    `\n${describeMachine()}, ${STORED} signatures stored, texts of ${WORDS} words, ${COPY_SHARE * 100} % copies\n\n${formatTable(rows)}\n`,
  );
});

/** Of words that titles of the batches have, the frequent ones first as often as they are. */
function termsOfTitles(): number[] {
  const counts = new Map<number, number>();
  for (let n = 0; n < 3_000; n += 1) {
    const { title } = storyTerms({ title: news.sentence(12), text: '' }, FUNCTION_WORDS);
    for (const term of title) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([term]) => term);
}

function arrivalOf(text: string): ArticleArrival {
  const id = randomUUID();
  const url = `https://${id}.example/`;
  const title = news.sentence(9);
  const hash = contentHash({ title, text });
  return articleArrival({
    id,
    url,
    addresses: [{ addressId: id, url }],
    title,
    text,
    contentHash: hash,
  });
}

/** New texts and edited copies of texts of the batch before. */
function nextBatch(before: readonly string[]): string[] {
  return Array.from({ length: BATCH }, () => {
    const isCopy = before.length > 0 && news.random() < COPY_SHARE;
    return isCopy ? editedInRuns(news, news.pick(before), 0.1) : news.text(WORDS);
  });
}

const milliseconds = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1_000;
const perArticle = (total: number) => (total / (BATCHES * BATCH)).toFixed(2);

it('what near-duplicates cost', { timeout: FILL_TIMEOUT_MS }, async () => {
  const writer = new ArticleWriter(pool);
  const gatherer = new StoryGatherer(pool);
  let texts = nextBatch([]);
  await writer.apply(texts.map(arrivalOf));
  while ((await gatherer.gather()).count > 0);
  processor.reset();
  let indexer = 0;
  let gathering = 0;
  const all: string[] = [];
  for (let n = 0; n < BATCHES; n += 1) {
    texts = nextBatch(texts);
    all.push(...texts);
    const arrivals = texts.map(arrivalOf);
    const before = process.cpuUsage();
    await writer.apply(arrivals);
    indexer += milliseconds(process.cpuUsage(before));
    const beforeGathering = process.cpuUsage();
    while ((await gatherer.gather()).count > 0);
    gathering += milliseconds(process.cpuUsage(beforeGathering));
  }
  const before = process.cpuUsage();
  for (const text of all) signText(text);
  for (const text of all.slice(0, all.length * COPY_SHARE * 2)) compareReady(text);
  const computed = milliseconds(process.cpuUsage(before));
  const statements = processor.milliseconds(NEAR_DUPLICATES);
  rows.push(['indexer: signing and comparing texts', perArticle(computed)]);
  rows.push(['Postgres: statements of near-duplicates', perArticle(statements)]);
  rows.push(['both', perArticle(computed + statements)]);
  const stories = processor.milliseconds(STORIES);
  rows.push(['stories: indexer', perArticle(gathering)]);
  rows.push(['stories: Postgres', perArticle(stories)]);
  rows.push(['indexer: all of its work', perArticle(indexer)]);
  rows.push([
    'Postgres: all of its work, the text index too',
    perArticle(processor.milliseconds()),
  ]);
  await describeSizes();
  expect(statements).toBeGreaterThan(0);
});

async function describeSizes(): Promise<void> {
  const { rows: found } = await pool.query<{ copies: string; bytes: string }>(
    `SELECT (SELECT count(*) FROM article WHERE copy_of IS NOT NULL) AS copies,
      pg_size_pretty(pg_total_relation_size('article_band') + pg_total_relation_size('article_signature')) AS bytes`,
  );
  rows.push([`copies found of ${BATCHES * BATCH}`, found[0]?.copies ?? '']);
  rows.push(['size of signatures and bands', found[0]?.bytes ?? '']);
}
