import {
  guessFeedAddresses,
  readSourceDocument,
  type SelectorFault,
  type SourceDocument,
} from '@broadsheet/feeds';
import type { FetchedDocument, FetchOutcome, FetchRequest } from '@broadsheet/http-client';
import { Problem } from '../http/problem.errors.ts';
import { refuseFaultySelector } from './faulty-selector.ts';

export interface DocumentFetcher {
  fetch(request: FetchRequest): Promise<FetchOutcome>;
}

interface PreviewedItem {
  readonly url: string | null;
  readonly title: string | null;
  readonly publishedAt: string | null;
}

/** What a source would give. */
export interface SourcePreview {
  /** Where it would be asked: the address given, or the feed that the page there names. */
  readonly url: string;
  readonly kind: 'feed' | 'sitemap' | 'sitemap-index' | 'page' | 'unreadable';
  readonly title: string | null;
  /** Other addresses that may be followed. */
  readonly candidates: readonly string[];
  readonly items: readonly PreviewedItem[];
}

const ACCEPT = 'application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.5';
/** Read at once, beside other requests: the beginning of a large source shows what it would give. */
const MAX_BYTES = 1024 * 1024;
const MAX_INFLATED_BYTES = 4 * MAX_BYTES;
const DEADLINE_MS = 15_000;
const MAX_ITEMS = 20;

/** The selector was good enough at the door: it is this page that it costs too much on. */
function refuseCostlyPage(fault: SelectorFault | null): void {
  if (fault === null) return;
  throw new Problem(422, 'SELECTOR_TOO_COSTLY', `on this page ${fault.detail}`);
}

function previewOf(url: string, document: SourceDocument): SourcePreview {
  const nothing = { url, title: null, candidates: [], items: [] };
  switch (document.kind) {
    case 'feed': {
      const items = document.items.slice(0, MAX_ITEMS).map((item) => ({
        url: item.url,
        title: item.title,
        publishedAt: item.publishedAt ?? item.updatedAt,
      }));
      return { ...nothing, kind: 'feed', title: document.feed.title, items };
    }
    case 'pages': {
      const items = document.pages.slice(0, MAX_ITEMS).map((page) => ({
        url: page.url,
        title: page.news?.title ?? null,
        publishedAt: page.news?.publishedAt ?? page.modifiedAt,
      }));
      return { ...nothing, kind: 'sitemap', items };
    }
    case 'index': {
      const candidates = document.sitemaps.slice(0, MAX_ITEMS).map((sitemap) => sitemap.url);
      return { ...nothing, kind: 'sitemap-index', candidates };
    }
    case 'page': {
      refuseCostlyPage(document.selectorFault);
      const items = document.articles.slice(0, MAX_ITEMS);
      return { ...nothing, kind: 'page', candidates: document.feedUrls, items };
    }
    case 'unreadable':
      return { ...nothing, kind: 'unreadable' };
  }
}

/** Use case: show what a source would give before anybody follows it; stores nothing. */
export class PreviewSourceHandler {
  constructor(private readonly fetcher: DocumentFetcher) {}

  /** @throws {Problem} SOURCE_NOT_READABLE, SELECTOR_INVALID, SELECTOR_TOO_COSTLY */
  async handle(url: string, selector: string | null): Promise<SourcePreview> {
    refuseFaultySelector(selector);
    const first = await this.read(url, selector);
    if (first.kind !== 'page' || selector !== null) return first;
    const [feedUrl, ...others] = first.candidates;
    if (feedUrl === undefined) return { ...first, candidates: guessFeedAddresses(url) };
    const feed = await this.read(feedUrl, null);
    return { ...feed, candidates: [...feed.candidates, ...others] };
  }

  private async read(url: string, selector: string | null): Promise<SourcePreview> {
    const answer = await this.fetch(url);
    const { body, headers } = answer;
    const transport = {
      url: answer.url,
      contentType: answer.contentType,
      contentLocation: headers['content-location'],
      contentLanguage: headers['content-language'],
    };
    const options = { selector, maxInflatedBytes: MAX_INFLATED_BYTES };
    const document = readSourceDocument(body, transport, options);
    return previewOf(url, document);
  }

  private async fetch(url: string): Promise<FetchedDocument> {
    const limits = { maxBodyBytes: MAX_BYTES, cutsOff: true, deadlineMs: DEADLINE_MS };
    const request = { url, accept: ACCEPT, ...limits };
    const outcome = await this.fetcher.fetch(request);
    if (outcome.kind === 'fetched') return outcome;
    const reason =
      outcome.kind === 'not-modified' ? 'no document' : `${outcome.code}: ${outcome.detail}`;
    throw new Problem(422, 'SOURCE_NOT_READABLE', `${url} cannot be read: ${reason}`);
  }
}
