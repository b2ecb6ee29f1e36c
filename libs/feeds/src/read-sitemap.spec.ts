import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSitemap } from './read-sitemap.ts';

const URL_OF_SITEMAP = 'https://news.example/sitemap.xml';

function read(content: string | Uint8Array) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return readSitemap(bytes, { url: URL_OF_SITEMAP });
}

function urlset(content: string): string {
  return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${content}</urlset>`;
}

function urlsOf(content: string | Uint8Array): readonly string[] {
  const reading = read(content);
  return reading.kind === 'pages' ? reading.pages.map(({ url }) => url) : [];
}

describe('readSitemap', () => {
  it('reads addresses, dates and what a news sitemap says', () => {
    const news =
      '<news:news><news:publication><news:name>Daily</news:name><news:language>de</news:language>' +
      '</news:publication><news:publication_date>2026-01-15T10:00+01:00</news:publication_date>' +
      '<news:title>Ein &amp; Titel</news:title><news:keywords>eins, zwei</news:keywords></news:news>';
    const image = '<image:image><image:loc>/a.jpg</image:loc></image:image>';
    const reading = read(
      urlset(`<url><loc> /a </loc><lastmod>2026-01</lastmod>${news}${image}</url>`),
    );
    expect(reading).toEqual({
      kind: 'pages',
      pages: [
        {
          url: 'https://news.example/a',
          modifiedAt: '2026-01-01T00:00:00.000Z',
          imageUrl: 'https://news.example/a.jpg',
          news: {
            name: 'Daily',
            language: 'de',
            publishedAt: '2026-01-15T09:00:00.000Z',
            title: 'Ein & Titel',
            keywords: ['eins', 'zwei'],
          },
        },
      ],
    });
  });

  it('reads an index, and one that is compressed', () => {
    const index =
      '<sitemapindex><sitemap><loc>/1.xml</loc><lastmod>2026-01-15</lastmod></sitemap></sitemapindex>';
    const expected = {
      kind: 'index',
      sitemaps: [{ url: 'https://news.example/1.xml', modifiedAt: '2026-01-15T00:00:00.000Z' }],
    };
    expect(read(index)).toEqual(expected);
    expect(read(gzipSync(index))).toEqual(expected);
  });

  it('passes over what a server puts before the declaration', () => {
    const file = `<?xml version="1.0"?>${urlset('<url><loc>/a</loc></url>')}`;
    expect(urlsOf(`<br/><b>Warning</b>: no connection\n${file}`)).toEqual([
      'https://news.example/a',
    ]);
  });

  it('reads a list of addresses', () => {
    expect(urlsOf('https://news.example/1\r\n\r\n# note\r\nhttps://news.example/2')).toEqual([
      'https://news.example/1',
      'https://news.example/2',
    ]);
  });

  it('keeps the whole entries of a file that is cut off or not closed', () => {
    const entry = (name: string) => `<url><loc>/${name}</loc></url>`;
    const cut = urlset(`${entry('a')}${entry('b')}<url><loc>/tru`).replace('</urlset>', '');
    expect(urlsOf(cut)).toEqual(['https://news.example/a', 'https://news.example/b']);
    expect(urlsOf(urlset('<url><loc>/a<lastmod>2026-01-15</lastmod></url>'))).toEqual([
      'https://news.example/a',
    ]);
  });

  it('drops what is no address of the web', () => {
    expect(urlsOf(urlset('<url><loc>javascript:1</loc></url><url><loc></loc></url>'))).toEqual([]);
  });

  it.each([
    ['a page', '<!doctype html><p>https://news.example/1</p>'],
    ['a feed', '<rss version="2.0"><channel></channel></rss>'],
    ['nothing', ''],
    ['a gzip bomb', gzipSync(Buffer.alloc(60 * 1024 * 1024))],
    ['broken gzip', Buffer.from([0x1f, 0x8b, 1, 2, 3])],
  ])('refuses %s', (_case, content) => {
    expect(read(content).kind).toBe('not-a-sitemap');
  });

  it('takes no more than a moment for elements nested without end', () => {
    const before = process.cpuUsage();
    read(urlset('<url>'.repeat(200_000)));
    read(urlset('<a>'.repeat(200_000)));
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_500);
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void read(bytes)));
    fc.assert(
      fc.property(fc.string(), (text) => void read(urlset(`<url><loc>${text}</loc></url>`))),
    );
  });
});
