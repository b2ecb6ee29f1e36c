import { decodeBytes } from '@broadsheet/text';
import { documentRoot } from './document-root.ts';
import type { FeedReading } from './feed.ts';
import { findFeedLinks } from './feed-links.ts';
import {
  findListedArticles,
  findSelectedArticles,
  type ListedArticle,
  type SelectedArticles,
} from './find-listed-articles.ts';
import type { SelectorFault } from './link-selector.ts';
import { inflateFile } from './inflate-file.ts';
import { readFeed, type FeedTransport } from './read-feed.ts';
import { MAX_SITEMAP_BYTES, readSitemap } from './read-sitemap.ts';
import type { SitemapReading } from './sitemap.ts';

export type SourceDocument =
  | Extract<FeedReading, { kind: 'feed' }>
  | Exclude<SitemapReading, { kind: 'not-a-sitemap' }>
  /** A page for people, with the feeds that it names and the articles that it lists. */
  | {
      readonly kind: 'page';
      readonly feedUrls: readonly string[];
      readonly articles: readonly ListedArticle[];
      /** Why the selector could not be gone by; null where it was, or where there is none. */
      readonly selectorFault: SelectorFault | null;
    }
  | { readonly kind: 'unreadable'; readonly detail: string };

const CHARSET = /;\s*charset\s*=\s*"?([^\s";]{1,40})/i;

function findArticles(html: string, pageUrl: string, selector: string | null): SelectedArticles {
  if (selector !== null) return findSelectedArticles(html, pageUrl, selector);
  return { kind: 'selected', articles: findListedArticles(html, pageUrl) };
}

function readPage(
  bytes: Uint8Array,
  transport: FeedTransport,
  selector: string | null,
): SourceDocument | null {
  const charset = CHARSET.exec(transport.contentType ?? '')?.[1] ?? null;
  const { text } = decodeBytes(bytes, { charset, kind: 'html' });
  const isHtml =
    documentRoot(text) === 'html' || /^\s*text\/html/i.test(transport.contentType ?? '');
  if (!isHtml || transport.url === null) return null;
  const found = findArticles(text, transport.url, selector);
  return {
    kind: 'page',
    feedUrls: findFeedLinks(text, transport.url),
    articles: found.kind === 'selected' ? found.articles : [],
    selectorFault: found.kind === 'failed' ? found.fault : null,
  };
}

export interface DocumentOptions {
  /** CSS: which links of a page are articles; null leaves that to its structure. */
  readonly selector?: string | null;
  /** That a gzip file may hold; as much as a sitemap may have where it is not given. */
  readonly maxInflatedBytes?: number;
}

/**
 * What the document at a source's address is: a feed, a sitemap, an index of sitemaps, or a page that names
 * feeds. Never throws.
 */
export function readSourceDocument(
  bytes: Uint8Array,
  transport: FeedTransport,
  { selector = null, maxInflatedBytes = MAX_SITEMAP_BYTES }: DocumentOptions = {},
): SourceDocument {
  const body = inflateFile(bytes, maxInflatedBytes);
  if (body === null)
    return { kind: 'unreadable', detail: 'broken gzip, or larger than any source' };
  const feed = readFeed(body, transport);
  if (feed.kind === 'feed') return feed;
  const sitemap = readSitemap(body, transport);
  if (sitemap.kind !== 'not-a-sitemap') return sitemap;
  return readPage(body, transport, selector) ?? { kind: 'unreadable', detail: feed.detail };
}
