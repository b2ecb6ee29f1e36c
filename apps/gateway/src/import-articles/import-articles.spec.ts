import { addressId } from '@broadsheet/article';
import { ArticleFields, RawArticle, TOPIC } from '@broadsheet/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportedArticle } from '../testing/exported-article.builder.ts';
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
  const line = Buffer.from(JSON.stringify(exportedArticle(storedArticle(parts))));
  return RawArticle.parse(JSON.parse(toRawArticle(line).toString()));
}

describe('an exported line', () => {
  it('becomes a push with its text, its fields as they are, and its own time', () => {
    const article = storedArticle({
      description: 'Short.',
      html: '<p>The bridge is open again.</p>',
      section: 'Town',
      keywords: ['bridge'],
      publishedAtOffset: '+02:00',
    });
    const raw = rawOf(article);
    expect(raw).toMatchObject({
      url: article.url,
      contentType: 'text/plain',
      content: article.text,
      fetchedAt: article.version.fetchedAt,
      source: article.source,
    });
    expect(raw.fields).toEqual(ArticleFields.parse(article));
  });

  it('goes by the address that gave the article its id', () => {
    const canonicalUrl = 'https://news.example/story';
    const url = 'https://news.example/story-as-pushed';
    const named = rawOf({ id: addressId(canonicalUrl) ?? '', canonicalUrl, url });
    expect([named.url, named.fields?.canonicalUrl]).toEqual([url, canonicalUrl]);
    expect(rawOf({ id: addressId(url) ?? '', canonicalUrl, url }).fields?.canonicalUrl).toBeNull();
  });

  it('is left as it is where a field is missing', () => {
    const line = Buffer.from('{"title":"no text","url":"https://news.example/a"}');
    expect(toRawArticle(line)).toBe(line);
  });
});

describe('POST /api/v1/import', () => {
  it('answers a line for each line, in order, and takes RawArticles too', async () => {
    const exported = JSON.stringify(exportedArticle(storedArticle()));
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
