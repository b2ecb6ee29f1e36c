import { addressId, isHomePage } from '@broadsheet/article';
import { MAX_URL_BYTES, type ArticleHints } from '@broadsheet/contracts';
import { htmlToText, type FeedItem, type ListedArticle, type SitemapPage } from '@broadsheet/feeds';
import { toStorableText } from '@broadsheet/text';

/** A page that a source names, with what the source says of it. */
export interface FoundPage {
  readonly addressId: string;
  readonly url: string;
  readonly sourceId: string;
  readonly hints: Readonly<Record<string, unknown>>;
  /** As the source says; null where it says nothing. */
  readonly publishedAtMs: number | null;
}

/** Hints travel in a record header; a summary as long as an article would push the others out. */
const MAX_SUMMARY_LENGTH = 4_000;
/** Of the markup, which some feeds fill with the whole article. */
const MAX_SUMMARY_MARKUP = 64 * 1024;
const MAX_TITLE_LENGTH = 1_000;
const MAX_NAME_LENGTH = 200;
const MAX_NAMES = 20;
const MAX_LANGUAGE_LENGTH = 35;

function clip(text: string | null, maxLength: number): string | undefined {
  if (text === null) return undefined;
  const storable = toStorableText(text.slice(0, maxLength)).trim();
  return storable === '' ? undefined : storable;
}

function clipAll(texts: readonly (string | null)[]): string[] | undefined {
  const clipped = texts
    .map((text) => clip(text, MAX_NAME_LENGTH))
    .filter((text) => text !== undefined);
  return clipped.length === 0 ? undefined : clipped.slice(0, MAX_NAMES);
}

function boundedUrl(url: string | null): string | undefined {
  return url !== null && Buffer.byteLength(url) <= MAX_URL_BYTES
    ? clip(url, MAX_URL_BYTES)
    : undefined;
}

/** What a feed's entry says of the article behind it, in the words and limits of the contract. */
export function toHints(item: FeedItem): ArticleHints {
  const summary = item.summary?.slice(0, MAX_SUMMARY_MARKUP) ?? null;
  const hints = {
    title: clip(item.title, MAX_TITLE_LENGTH),
    authors: clipAll(item.authors.map((person) => person.name ?? person.email)),
    publishedAt: item.publishedAt ?? undefined,
    language:
      item.language !== null && item.language.length <= MAX_LANGUAGE_LENGTH
        ? clip(item.language, MAX_LANGUAGE_LENGTH)
        : undefined,
    summary: summary === null ? undefined : clip(htmlToText(summary), MAX_SUMMARY_LENGTH),
    categories: clipAll(item.categories),
    imageUrl: boundedUrl(item.imageUrl),
    guid: boundedUrl(item.guid),
  };
  return Object.fromEntries(Object.entries(hints).filter(([, value]) => value !== undefined));
}

/** The address without its fragment; null for what cannot be an article's page. */
function pageAddress(link: string | null): string | null {
  if (link === null || !URL.canParse(link)) return null;
  const url = new URL(link);
  url.hash = '';
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  return isWeb && Buffer.byteLength(url.href) <= MAX_URL_BYTES && !isHomePage(url.href)
    ? url.href
    : null;
}

/** What a sitemap says of an article, in the words and limits of the contract. */
function sitemapHints({ news, imageUrl }: SitemapPage): ArticleHints {
  const hints = {
    title: clip(news?.title ?? null, MAX_TITLE_LENGTH),
    publishedAt: news?.publishedAt ?? undefined,
    language: clip(news?.language ?? null, MAX_LANGUAGE_LENGTH),
    categories: clipAll(news?.keywords ?? []),
    imageUrl: boundedUrl(imageUrl),
  };
  return Object.fromEntries(Object.entries(hints).filter(([, value]) => value !== undefined));
}

interface NamedPage {
  readonly url: string | null;
  readonly publishedAt: string | null;
  readonly hints: () => ArticleHints;
}

function distinctPages(sourceId: string, named: readonly NamedPage[]): readonly FoundPage[] {
  const pages = new Map<string, FoundPage>();
  for (const { url: link, publishedAt, hints } of named) {
    const url = pageAddress(link);
    const id = url === null ? null : addressId(url);
    if (url === null || id === null || pages.has(id)) continue;
    const publishedAtMs = publishedAt === null ? null : Date.parse(publishedAt);
    pages.set(id, { addressId: id, url, sourceId, hints: hints(), publishedAtMs });
  }
  return [...pages.values()];
}

/**
 * The pages that a feed's entries lead to, each once. Entries without an address of their own (or with that
 * of a home page) have none.
 */
export function findPages(sourceId: string, items: readonly FeedItem[]): readonly FoundPage[] {
  const named = items.map((item) => ({
    url: item.url,
    publishedAt: item.publishedAt ?? item.updatedAt,
    hints: () => toHints(item),
  }));
  return distinctPages(sourceId, named);
}

/** The pages that a sitemap lists, each once. */
export function findListedPages(
  sourceId: string,
  listed: readonly SitemapPage[],
): readonly FoundPage[] {
  const named = listed.map((page) => ({
    url: page.url,
    publishedAt: page.news?.publishedAt ?? page.modifiedAt,
    hints: () => sitemapHints(page),
  }));
  return distinctPages(sourceId, named);
}

/** The pages that a page for people lists, each once. */
export function findLinkedPages(
  sourceId: string,
  articles: readonly ListedArticle[],
): readonly FoundPage[] {
  const named = articles.map(({ url, publishedAt }) => ({
    url,
    publishedAt,
    // The words of a link are often cut; the page itself knows better what it is called.
    hints: () => (publishedAt === null ? {} : { publishedAt }),
  }));
  return distinctPages(sourceId, named);
}
