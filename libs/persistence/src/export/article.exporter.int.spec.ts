import { randomUUID } from 'node:crypto';
import { articleArrival, createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArticleReader } from '../articles/article.reader.ts';
import type { StoredArticle } from '../articles/stored-article.ts';
import { ArticleWriter } from '../articles/article.writer.ts';
import type { Pool } from '../index.ts';
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
    const { value } = await exporter.parts({}).next();
    expect(value).toEqual([await new ArticleReader(pool).findById(id)]);
  });

  it('holds little at once, whatever the size of the articles, and misses none', async () => {
    const ids = Array.from({ length: 620 }, () => randomUUID());
    await store(ids.map((id, n) => ({ id, ...(n % 100 === 0 ? { text: LONG_TEXT } : {}) })));
    const parts: (readonly StoredArticle[])[] = [];
    for await (const part of exporter.parts({})) parts.push(part);
    const all = parts.flat().map(({ id }) => id);
    expect(all).toHaveLength(ids.length);
    expect(new Set(all)).toEqual(new Set(ids));
    for (const part of parts) {
      const bytes = part.reduce((sum, { text, html }) => sum + text.length + html.length, 0);
      expect(part.length === 1 || bytes <= 192 * 1024).toBe(true);
    }
  });

  it('goes on over articles that are deleted meanwhile', async () => {
    await store(Array.from({ length: 4 }, () => ({ text: LONG_TEXT })));
    const parts = exporter.parts({});
    await parts.next();
    await pool.query('DELETE FROM article');
    expect(await parts.next()).toEqual({ done: true, value: undefined });
  });
});
