import {
  type FeedSchedule,
  type HubLink,
  readSourceDocument,
  type SelectorFault,
  type SitemapReference,
} from '@broadsheet/feeds';
import { findLinkedPages, findListedPages, findPages, type FoundPage } from './found-pages.ts';

/** A document as it was served, and whose it is. */
export interface DocumentTask {
  readonly sourceId: string;
  readonly body: Uint8Array;
  /** Address after redirects. */
  readonly url: string;
  readonly contentType: string | null;
  readonly contentLocation?: string | undefined;
  readonly contentLanguage?: string | undefined;
  readonly link?: string | undefined;
  /** CSS: which links of a page are its articles; null leaves that to its structure. */
  readonly selector?: string | null;
}

/** What a fetcher needs to know of a source's document; plain data, so that it may come from another thread. */
export type ReadDocument =
  | {
      readonly kind: 'feed';
      readonly pages: readonly FoundPage[];
      /** Address of the site, as the feed says. */
      readonly siteUrl: string | null;
      readonly schedule: FeedSchedule;
      readonly hub: HubLink | null;
    }
  | { readonly kind: 'sitemap'; readonly pages: readonly FoundPage[] }
  | { readonly kind: 'index'; readonly sitemaps: readonly SitemapReference[] }
  | {
      readonly kind: 'page';
      readonly feedUrls: readonly string[];
      /** Articles that the page lists. */
      readonly pages: readonly FoundPage[];
      readonly selectorFault: SelectorFault | null;
    }
  | { readonly kind: 'unreadable'; readonly detail: string };

export function readDocument(task: DocumentTask): ReadDocument {
  const { sourceId, body, selector = null, ...transport } = task;
  const document = readSourceDocument(body, transport, { selector });
  switch (document.kind) {
    case 'feed': {
      const { url: siteUrl, schedule, hub } = document.feed;
      return { kind: 'feed', pages: findPages(sourceId, document.items), siteUrl, schedule, hub };
    }
    case 'pages':
      return { kind: 'sitemap', pages: findListedPages(sourceId, document.pages) };
    case 'page': {
      const { articles, ...page } = document;
      return { ...page, pages: findLinkedPages(sourceId, articles) };
    }
    case 'index':
    case 'unreadable':
      return document;
  }
}
