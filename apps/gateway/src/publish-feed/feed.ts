import type { StoredArticle } from '@broadsheet/persistence';

/** A search as a feed, whatever its format. Times are UTC ISO 8601. */
export interface Feed {
  readonly title: string;
  /** Where the feed itself is. */
  readonly selfUrl: string;
  /** The same search for programs. */
  readonly searchUrl: string;
  readonly updatedAt: string;
  readonly items: readonly FeedItem[];
}

export interface FeedItem {
  /** `urn:uuid:…`: the same for ever, in every format. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string | null;
  /** Sanitised. */
  readonly html: string;
  readonly text: string;
  readonly publishedAt: string;
  readonly updatedAt: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly imageUrl: string | null;
  readonly language: string | null;
}

export interface FeedPlace {
  readonly title: string;
  /** Scheme and host under which the gateway was asked. */
  readonly baseUrl: string;
  /** Path and query of the feed. */
  readonly path: string;
  /** Query of the search. */
  readonly query: string;
}

/** Of an empty feed, which has to have been updated some time. */
const NEVER = '1970-01-01T00:00:00.000Z';

export function toFeed(articles: readonly StoredArticle[], place: FeedPlace): Feed {
  const items = articles.map((article) => toItem(article, place.baseUrl));
  return {
    title: place.title,
    selfUrl: `${place.baseUrl}${place.path}`,
    searchUrl: `${place.baseUrl}/api/v1/articles${place.query === '' ? '' : `?${place.query}`}`,
    updatedAt: items.reduce((last, { updatedAt }) => (updatedAt > last ? updatedAt : last), NEVER),
    items,
  };
}

function toItem(article: StoredArticle, baseUrl: string): FeedItem {
  const { id, url, title, description, html, text, section, image } = article;
  return {
    id: `urn:uuid:${id}`,
    url: url ?? `${baseUrl}/api/v1/articles/${id}`,
    title,
    summary: description,
    html,
    text,
    publishedAt: article.publishedAt ?? article.firstSeenAt,
    updatedAt: article.updatedAt,
    authors: article.authors,
    categories: [...new Set([...(section === null ? [] : [section]), ...article.categories])],
    imageUrl: image?.url ?? null,
    language: article.language,
  };
}
