import { randomUUID } from 'node:crypto';
import { articleArrival, createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArticleReader } from '../articles/article.reader.ts';
import { ArticleWriter } from '../articles/article.writer.ts';
import { type ExportSearch, type Pool, QueryMalformed, type StoredArticle } from '../index.ts';
import { ArticleExporter } from './article.exporter.ts';

const LONG_TEXT = 'A long text about the harbour. '.repeat(30_000);

let database: TestDatabase;
let pool: Pool;
let exporter: ArticleExporter;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
  exporter = new ArticleExporter(pool);
});
afterAll(() => database.drop());

async function store(articles: readonly Parameters<typeof articleArrival>[0][]): Promise<void> {
  await pool.query('TRUNCATE article CASCADE');
  await new ArticleWriter(pool).apply(articles.map((given) => articleArrival(given)));
}

type Line = Omit<StoredArticle, 'version'>;

async function partsOf(search: ExportSearch): Promise<Line[][]> {
  const parts: Line[][] = [];
  for await (const part of exporter.parts(search)) {
    const lines = part.toString().trimEnd().split('\n');
    parts.push(lines.map((line) => JSON.parse(line) as Line));
  }
  return parts;
}

describe('an export', () => {
  it('gives every field as reading the article does', async () => {
    const id = randomUUID();
    const url = 'https://news.example/all-fields';
    await store([
      {
        id,
        url,
        canonicalUrl: url,
        site: 'news.example',
        source: { id: 's', name: 'Say "news" \\ \u2028' },
        title: 'Quotes " and \\ back\u0001slashes \u{1F600}',
        description: 'Short.',
        dateline: 'TOWN',
        authors: ['A, B', 'C "D"'],
        publishedAt: '2026-03-02T06:07:08.009Z',
        publishedAtPrecision: 'second',
        publishedAtOffset: '+02:00',
        modifiedAt: '0099-03-02T06:07:08.000Z',
        html: '<p class="a">One</p>',
        image: { url: 'https://img.example/a.jpg', width: 2, height: 1, alt: '' },
        section: 'World',
        categories: ['x'],
        keywords: ['k', ''],
        paywalled: true,
        truncated: true,
        provenance: { title: { from: 'meta', rivals: [{ from: 'visible', value: '"' }] } },
      },
    ]);
    const [line, ...others] = (await partsOf({})).flat();
    const { version, ...read } = (await new ArticleReader(pool).findById(id))!;
    expect(line).toEqual({ ...read, fetchedAt: version.fetchedAt });
    expect(others).toEqual([]);
  });

  it('holds little at once, whatever the size of the articles, and misses none', async () => {
    const ids = Array.from({ length: 620 }, () => randomUUID());
    await store(ids.map((id, n) => ({ id, ...(n % 100 === 0 ? { text: LONG_TEXT } : {}) })));
    const parts = await partsOf({});
    const all = parts.flat().map(({ id }) => id);
    expect(all).toHaveLength(ids.length);
    expect(new Set(all)).toEqual(new Set(ids));
    for (const part of parts) {
      const bytes = part.reduce((sum, { text, html }) => sum + text.length + html.length, 0);
      expect(part.length === 1 || bytes <= 512 * 1024).toBe(true);
    }
  });

  it('begins with the articles that arrived first', async () => {
    const ids = Array.from({ length: 3 }, () => randomUUID());
    await store(ids.map((id) => ({ id, text: LONG_TEXT })));
    for (const [hours, id] of ids.entries()) {
      await pool.query(
        `UPDATE article SET first_seen_at = '2026-01-01'::timestamptz + make_interval(hours => $1) WHERE id = $2`,
        [hours, id],
      );
    }
    const found = (await partsOf({})).flat();
    expect(found.map(({ id }) => id)).toEqual(ids);
  });

  it('is empty where nothing matches', async () => {
    await store([{}]);
    expect(await partsOf({ q: 'nowhere' })).toEqual([]);
    expect(await partsOf({ q: 'the' })).toEqual([]);
    expect(await partsOf({ language: 'xx' })).toEqual([]);
  });

  it('says that words cannot be read', async () => {
    await expect(partsOf({ q: '"open' })).rejects.toBeInstanceOf(QueryMalformed);
  });

  it('goes on over articles that are deleted meanwhile', async () => {
    await store(Array.from({ length: 12 }, () => ({ text: LONG_TEXT })));
    let parts = 0;
    for await (const part of exporter.parts({})) {
      if (part.byteLength > 0 && parts === 0) await pool.query('DELETE FROM article');
      parts += 1;
    }
    // The first one, and those that were read beside it.
    expect(parts).toBeLessThan(6);
  });
});
