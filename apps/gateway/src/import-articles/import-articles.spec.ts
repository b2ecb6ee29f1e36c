import { addressId } from '@broadsheet/article';
import { RawArticle, TOPIC } from '@broadsheet/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toExportedArticle } from '../export-articles/exported-article.ts';
import { BatchResult } from '../push-article/answer-batch.ts';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';
import { storedArticle } from '../testing/stored-article.builder.ts';
import { toRawArticle } from './to-raw-article.ts';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.app.close());

function rawOf(parts: Parameters<typeof storedArticle>[0]): RawArticle {
  const line = Buffer.from(JSON.stringify(toExportedArticle(storedArticle(parts))));
  return RawArticle.parse(JSON.parse(toRawArticle(line).toString()));
}

describe('an exported line', () => {
  it('becomes a push with its text, its hints and its own time', () => {
    const article = storedArticle({ description: 'Short.', categories: ['Town'] });
    expect(rawOf(article)).toEqual({
      url: article.url,
      contentType: 'text/plain',
      content: article.text,
      fetchedAt: article.version.fetchedAt,
      source: article.source,
      hints: {
        title: article.title,
        authors: article.authors,
        categories: ['Town'],
        summary: 'Short.',
        publishedAt: '2024-07-15',
        language: 'en',
      },
    });
  });

  it.each([
    ['day', null, '2024-07-15'],
    ['minute', null, '2024-07-15T22:30Z'],
    ['minute', '+02:00', '2024-07-16T00:30+02:00'],
    ['second', '-05:30', '2024-07-15T17:00:00-05:30'],
    ['second', 'EST', '2024-07-15T22:30:00Z'],
  ] as const)('keeps a date with the precision %s and the offset %s', (precision, offset, hint) => {
    const raw = rawOf({
      publishedAt: '2024-07-15T22:30:00.000Z',
      publishedAtPrecision: precision,
      publishedAtOffset: offset,
    });
    expect(raw.hints?.publishedAt).toBe(hint);
  });

  it('goes by the address that gave the article its id', () => {
    const canonicalUrl = 'https://news.example/story';
    const url = 'https://news.example/story-as-pushed';
    expect(rawOf({ id: addressId(canonicalUrl) ?? '', canonicalUrl, url }).url).toBe(canonicalUrl);
    expect(rawOf({ id: addressId(url) ?? '', canonicalUrl, url }).url).toBe(url);
  });

  it('fits into a push, however long its fields are', () => {
    const raw = rawOf({
      title: 't'.repeat(5_000),
      authors: Array.from({ length: 300 }, () => 'a'.repeat(900)),
      description: 'd'.repeat(30_000),
    });
    expect(raw.hints?.authors).toHaveLength(100);
  });
});

describe('POST /api/v1/import', () => {
  it('answers a line for each line, in order, and takes RawArticles too', async () => {
    const exported = JSON.stringify(toExportedArticle(storedArticle()));
    const raw = JSON.stringify({ url: 'https://news.example/raw', content: 'One.\n\nTwo.' });
    const before = gateway.log.on(TOPIC.raw).length;
    const answer = await gateway.app.inject({
      method: 'POST',
      url: '/api/v1/import',
      headers: { host: 'localhost:8080', 'content-type': 'application/x-ndjson' },
      payload: [exported, '{"title":"no text"}', 'not json', raw, ''].join('\n'),
    });
    const results = answer.body
      .trimEnd()
      .split('\n')
      .map((line) => BatchResult.parse(JSON.parse(line)));
    expect(results).toMatchObject([
      { line: 1, status: 'accepted', url: 'https://news.example/story' },
      { line: 2, status: 'rejected', code: 'RAW_ARTICLE_INVALID' },
      { line: 3, status: 'rejected' },
      { line: 4, status: 'accepted', url: 'https://news.example/raw' },
    ]);
    expect(gateway.log.on(TOPIC.raw)).toHaveLength(before + 2);
  });

  it('reads NDJSON alone', async () => {
    const answer = await gateway.app.inject({
      method: 'POST',
      url: '/api/v1/import',
      headers: { host: 'localhost:8080', 'content-type': 'text/csv' },
      payload: 'id,title',
    });
    expect(answer.statusCode).toBe(415);
  });
});
