// What the scorer of ../shared/conformance calls: our reader of sitemaps, its fields renamed.
import { readSourceDocument } from '../../libs/feeds/src/index.ts';

export const name = 'broadsheet';

export function parseSitemap(bytes, headers, { url }) {
  const document = readSourceDocument(bytes, { url, contentType: headers['content-type'] });
  switch (document.kind) {
    case 'pages':
      return { type: 'urlset', urls: document.pages.map(toEntry) };
    case 'index':
      return {
        type: 'index',
        sitemaps: document.sitemaps.map((one) => ({ loc: one.url, lastmod: one.modifiedAt })),
      };
    case 'feed': {
      const urls = document.items.map((item) => ({
        loc: item.url,
        lastmod: item.publishedAt ?? item.updatedAt,
      }));
      return { type: 'rss', urls };
    }
    default:
      throw new Error(document.kind);
  }
}

function toEntry({ url, modifiedAt, imageUrl, news }) {
  const named = news && {
    name: news.name,
    language: news.language,
    publicationDate: news.publishedAt,
    title: news.title,
    keywords: news.keywords.join(', '),
  };
  return { loc: url, lastmod: modifiedAt, image: imageUrl, news: named };
}
