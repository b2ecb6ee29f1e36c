import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { findFeedLinks, guessFeedAddresses } from './feed-links.ts';
import { readSourceDocument } from './read-source-document.ts';

const HOME = 'https://news.example/start/';

function kindOf(content: string, contentType: string | null = null): string {
  return readSourceDocument(Buffer.from(content), { url: HOME, contentType }).kind;
}

describe('readSourceDocument', () => {
  it.each([
    ['<rss version="2.0"><channel><title>T</title></channel></rss>', 'feed'],
    ['<urlset><url><loc>/a</loc></url></urlset>', 'pages'],
    ['<sitemapindex><sitemap><loc>/a</loc></sitemap></sitemapindex>', 'index'],
    ['https://news.example/1\nhttps://news.example/2', 'pages'],
    ['<!doctype html><html><head></head></html>', 'page'],
    ['<svg></svg>', 'unreadable'],
    ['', 'unreadable'],
  ])('takes %j for: %s', (content, kind) => {
    expect(kindOf(content)).toBe(kind);
  });

  it('believes a server that calls a fragment a page', () => {
    expect(kindOf('<link rel=alternate>', 'text/html; charset=utf-8')).toBe('page');
  });
});

describe('a gzip file', () => {
  const FEED =
    '<rss version="2.0"><channel><title>T</title><item><link>/1</link></item></channel></rss>';
  const read = (bytes: Uint8Array) =>
    readSourceDocument(bytes, { url: `${HOME}feed.xml.gz`, contentType: 'application/x-gzip' });

  it.each([
    [FEED, 'feed'],
    ['{"items":[{"id":"1","url":"/1","content_text":"a"}]}', 'feed'],
    ['<urlset><url><loc>/a</loc></url></urlset>', 'pages'],
    ['<!doctype html><html></html>', 'page'],
  ])('of %j is a %s', (content, kind) => {
    expect(read(gzipSync(content)).kind).toBe(kind);
  });

  it('gives what it holds where it is cut off', () => {
    const entry = (path: number) => `<item><title>${path}</title><link>/${path}</link></item>`;
    const entries = Array.from({ length: 2_000 }, (_, path) => entry(path));
    const file = gzipSync(`<rss version="2.0"><channel>${entries.join('')}</channel></rss>`);
    const cut = read(file.subarray(0, file.length / 2));
    const items = cut.kind === 'feed' ? cut.items : [];
    expect(items.length).toBeGreaterThan(100);
    expect(items.at(-1)?.url).toBe(`https://news.example/${items.length - 1}`);
  });

  it.each([
    ['broken', Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(100, 0xff)])],
    ['larger than any source', gzipSync(Buffer.alloc(60 * 1024 * 1024, ' '))],
    ['larger than a feed', gzipSync(FEED + ' '.repeat(16 * 1024 * 1024))],
  ])('is refused where it is %s', (_case, bytes) => {
    expect(read(bytes)).toMatchObject({
      kind: 'unreadable',
      detail: expect.stringContaining('gzip') as string,
    });
  });
});

describe('findFeedLinks', () => {
  it('finds what a page names, absolute, in its order, comments last', () => {
    const html =
      '<base href="/de/"><link rel="alternate" type="application/rss+xml" title="Comments" href="c">' +
      '<LINK REL="alternate home" TYPE="application/atom+xml; charset=utf-8" HREF="atom#x">' +
      '<link rel="alternate" type="text/html" href="/en"><link rel="stylesheet" href="/s.css">' +
      '<link rel="alternate" type="application/feed+json" href="https://cdn.example/feed.json">';
    expect(findFeedLinks(html, HOME)).toEqual([
      'https://news.example/de/atom',
      'https://cdn.example/feed.json',
      'https://news.example/de/c',
    ]);
  });

  it('takes links that do not say clearly that they are feeds, after those that do', () => {
    const html =
      '<link rel="alternate" type="text/xml" href="/old"><link rel="feed" href="/new">' +
      '<link rel="alternate" type="application/rss+xml" href="/comments/feed">' +
      '<link rel="alternate" type="application/json" href="/wp-json/"><link rel="feed" href=" ">';
    const paths = findFeedLinks(html, HOME).map((url) => new URL(url).pathname);
    expect(paths).toEqual(['/new', '/old', '/comments/feed']);
  });

  it('takes no address that is not of the web, and no time for a page without end', () => {
    const link = '<link rel=alternate type=application/rss+xml href="javascript:1">';
    const before = process.cpuUsage();
    expect(findFeedLinks(link + '<div>'.repeat(300_000), HOME)).toEqual([]);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
  });

  it('guesses at the root of the site', () => {
    expect(guessFeedAddresses(HOME)).toContain('https://news.example/feed');
  });
});
