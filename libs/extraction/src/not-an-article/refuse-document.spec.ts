import { describe, expect, it } from 'vitest';
import { extractPage } from '../extract-page.ts';

const OPTIONS = {
  url: 'https://harbour-news.example/news',
  hints: {},
  fetchedAt: '2026-11-24T12:00:00Z',
};

describe('a document that is no page', () => {
  it.each([
    [
      '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>',
      'IS_FEED',
    ],
    ['\ufeff<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>', 'IS_FEED'],
    ['<rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel/></rdf:RDF>', 'IS_FEED'],
    [
      '<?xml version="1.0"?>\n<?xml-stylesheet href="a.xsl"?>\n<!-- made today -->\n<urlset><url/></urlset>',
      'IS_SITEMAP',
    ],
    [
      '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></sitemapindex>',
      'IS_SITEMAP',
    ],
  ])('%s', (markup, code) => {
    expect(extractPage(markup, OPTIONS)).toMatchObject({ kind: 'rejected', code });
  });

  it('is not seen in a page that speaks of feeds', () => {
    const paragraph = `<p>${'The &lt;rss> element holds a channel, and the feed holds entries. '.repeat(5)}</p>`;
    const page = `<!doctype html><html><body><article><h1>On feeds</h1>${paragraph.repeat(3)}</article></body></html>`;
    expect(extractPage(page, OPTIONS)).toMatchObject({ kind: 'article' });
  });
});
