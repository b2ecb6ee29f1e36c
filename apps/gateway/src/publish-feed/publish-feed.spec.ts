import { readFeed } from '@broadsheet/feeds';
import type { StoredArticle } from '@broadsheet/persistence';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';
import { storedArticle } from '../testing/stored-article.builder.ts';
import { element, xmlDocument } from './xml.ts';

const headers = { host: 'localhost:8080' };
const FORMATS = ['rss', 'atom', 'json'] as const;

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.app.close());
beforeEach(() => {
  gateway.store.searches = [];
});

function serve(...articles: StoredArticle[]): void {
  const hits = articles.map((article) => ({ article, score: null, highlight: null }));
  gateway.store.page = { ...gateway.store.page, hits };
}

async function read(format: string, query = '', more: Record<string, string> = {}) {
  const url = `/feeds/search.${format}${query}`;
  const answer = await gateway.app.inject({ url, headers: { ...headers, ...more } });
  const contentType = String(answer.headers['content-type']);
  const feed = readFeed(answer.rawPayload, { contentType, url: `http://localhost:8080${url}` });
  return { answer, contentType, feed: feed.kind === 'feed' ? feed : null };
}

const HOSTILE = storedArticle({
  title: 'Cats & <script>alert("1")</script> ]]> café 橋 \u{1F409}',
  description: 'Less < more & "quotes"',
  html: '<p>5 &lt; 6 <b>bold</b></p>',
  authors: ['A. <Writer> & Co.', 'B. "Second"'],
  categories: ['R&D'],
  section: 'World',
  publishedAt: null,
  url: 'https://news.example/story?a=1&b="2"',
});

describe.each(FORMATS)('GET /feeds/search.%s', (format) => {
  it('gives back what was put in, however hostile', async () => {
    serve(HOSTILE);
    const { answer, feed } = await read(format, '?q=cats');
    expect(answer.statusCode).toBe(200);
    expect(feed?.feed.format).toBe(format);
    expect(feed?.items).toMatchObject([
      {
        guid: `urn:uuid:${HOSTILE.id}`,
        content: HOSTILE.html,
        publishedAt: HOSTILE.firstSeenAt,
      },
    ]);
    expect(feed?.items[0]?.url).toBe(new URL(HOSTILE.url ?? '').href);
    expect(feed?.items[0]?.categories).toEqual(['World', 'R&D']);
    expect(feed?.items[0]?.authors.map(({ name }) => name)).toEqual(HOSTILE.authors);
    if (format !== 'json') expect(answer.body).not.toContain('<script');
  });

  it('has the newest arrivals first unless told otherwise, each story once', async () => {
    serve();
    await read(format, '?q=cats&limit=7');
    await read(format, '?sort=published&site=news.example');
    expect(gateway.store.searches).toMatchObject([
      { q: 'cats', sort: 'seen', limit: 7, duplicates: 'hide' },
      { site: 'news.example', sort: 'published', limit: 20 },
    ]);
  });

  it('is a feed without items where nothing matches, and 304 where nothing is new', async () => {
    serve();
    const { answer, feed } = await read(format);
    expect(feed?.items).toEqual([]);
    const tag = String(answer.headers['etag']);
    expect((await read(format, '', { 'if-none-match': tag })).answer.statusCode).toBe(304);
    serve(HOSTILE);
    expect((await read(format, '', { 'if-none-match': tag })).answer.statusCode).toBe(200);
  });

  it('refuses what only a list can show', async () => {
    const { answer } = await read(format, '?cursor=x');
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { code: 'PARAMETER_UNKNOWN' }]);
  });
});

describe('XML', () => {
  it('never lets a text out of its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, value) => {
        const { markup } = element('a', { href: value }, text);
        expect(markup).toMatch(/^<a href="[^<>"]*"(?:\/>|>[^<>"]*<\/a>)$/);
        expect(markup.replaceAll(/&(?:amp|lt|gt|quot|#13);/g, '')).not.toContain('&');
      }),
    );
  });

  it('leaves out what no document may hold', () => {
    const text = 'a\u0000b\u001fc\ud800d\uffffe\tf\ng';
    expect(xmlDocument(element('t', {}, text))).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n<t>abcde\tf\ng</t>\n',
    );
  });
});
