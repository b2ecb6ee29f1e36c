import {
  ArticleReader,
  type ArticleArrival,
  ArticleWriter,
  createPool,
  migrate,
  type Pool,
} from '@broadsheet/persistence';
import { articleArrival, type OwnPostgres, startPostgres } from '@broadsheet/testing';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { corpus } from './corpus.ts';
import { describeMachine, formatTable, percentile } from './machine.ts';

const ARTICLES = Number(process.env['BENCH_ARTICLES'] ?? 10_000);
const SINGLES = Number(process.env['BENCH_SINGLES'] ?? 300);
const TEXT_BYTES = 4_000;
const CHUNK = 500;
const WRITERS = 2;

const rows: string[][] = [['what', 'figure']];
let postgres: OwnPostgres | null;
let pool: Pool;
let writer: ArticleWriter;
const texts = corpus(7, TEXT_BYTES);

beforeAll(async () => {
  // A database of one's own: DATABASE_URL has to name an empty one.
  const given = process.env['DATABASE_URL'];
  postgres = given ? null : await startPostgres();
  const url = given ?? postgres?.url ?? '';
  await migrate(url);
  const settings = { url, applicationName: 'bench', statementTimeoutMs: 60_000 };
  pool = createPool({ ...settings, maxConnections: WRITERS }, () => undefined);
  writer = new ArticleWriter(pool);
});
afterAll(async () => {
  await pool.end();
  await postgres?.dispose();
  console.log(`\n${describeMachine()}\n\n${formatTable(rows)}\n`);
});

function nextArticle(): ArticleArrival {
  const { value } = texts.next();
  const url = `https://news.example/${randomUUID()}`;
  const id = randomUUID();
  const text = value.paragraphs.join('\n\n');
  const html = value.paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('');
  return articleArrival({
    id,
    url,
    addresses: [{ addressId: id, url }],
    title: value.title,
    text,
    html,
  });
}

/** Chunks as the partitions of a topic would hand them over, a few at a time. */
async function writeAll(articles: readonly ArticleArrival[]): Promise<number> {
  const chunks = Array.from({ length: Math.ceil(articles.length / CHUNK) }, (_, n) =>
    articles.slice(n * CHUNK, (n + 1) * CHUNK),
  );
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) await writer.apply(chunk);
    }),
  );
  return articles.length / ((performance.now() - startedAt) / 1_000);
}

it('writes new articles', async () => {
  const articles = Array.from({ length: ARTICLES }, nextArticle);
  const cpuBefore = process.cpuUsage();
  const rate = await writeAll(articles);
  const { user, system } = process.cpuUsage(cpuBefore);
  rows.push(['new 4 KB articles/s', rate.toFixed(0)]);
  rows.push(['CPU of the writer, µs per article', ((user + system) / ARTICLES).toFixed(0)]);
  rows.push(['the same again (known causes)/s', (await writeAll(articles)).toFixed(0)]);
  const later = articles.map(({ article, search }) => ({
    article: {
      ...article,
      version: { ...article.version, fetchedAt: '2026-05-02T00:00:00.000Z' },
      causedBy: { ...article.causedBy, partition: 1 },
    },
    search,
  }));
  rows.push(['unchanged arrivals/s', (await writeAll(later)).toFixed(0)]);
  expect(rate).toBeGreaterThan(0);
});

it('writes one article at a time', async () => {
  const milliseconds: number[] = [];
  for (let n = 0; n < SINGLES; n += 1) {
    const single = nextArticle();
    const startedAt = performance.now();
    await writer.apply([single]);
    milliseconds.push(performance.now() - startedAt);
  }
  rows.push([
    'one article, p50/p99 ms',
    `${percentile(milliseconds, 0.5).toFixed(1)} / ${percentile(milliseconds, 0.99).toFixed(1)}`,
  ]);
  expect(milliseconds).toHaveLength(SINGLES);
});

it('searches', async () => {
  const reader = new ArticleReader(pool);
  const words = ['bac*', 'the', 'con', 'wilres', '"of the"', 'der -fig'];
  for (const q of words) {
    const milliseconds: number[] = [];
    let found = 0;
    for (let n = 0; n < 20; n += 1) {
      const startedAt = performance.now();
      const page = await reader.search({
        q,
        sort: 'relevance',
        limit: 20,
        highlight: true,
        count: 'capped',
      });
      milliseconds.push(performance.now() - startedAt);
      found = page.total?.value ?? 0;
    }
    rows.push([`search ${q} (${found} found), p50 ms`, percentile(milliseconds, 0.5).toFixed(1)]);
  }
  expect(rows.length).toBeGreaterThan(words.length);
});
