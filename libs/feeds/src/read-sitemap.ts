import { decodeBytes, parseDate } from '@broadsheet/text';
import { cleanText } from './clean-text.ts';
import { documentRoot } from './document-root.ts';
import { inflateFile } from './inflate-file.ts';
import type { FeedTransport } from './read-feed.ts';
import type { SitemapNews, SitemapPage, SitemapReading, SitemapReference } from './sitemap.ts';
import { parseSitemapEntries, type SitemapEntry } from './sitemap-parser.ts';

/** Limit of the protocol (sitemaps.org). */
export const MAX_SITEMAP_BYTES = 50 * 1024 * 1024;
const MAX_LINES = 50_000;
const MAX_KEYWORDS = 50;
const CHARSET = /;\s*charset\s*=\s*"?([^\s";]{1,40})/i;
const WEB_ADDRESS = /^https?:\/\/\S+$/i;

function webAddress(text: string | undefined, base: string | null): string | null {
  if (text === undefined || !URL.canParse(text, base ?? undefined)) return null;
  const url = new URL(text, base ?? undefined);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

/** A year or a month alone is a date in W3CDTF. */
function dateOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const whole = /^\d{4}$/.test(text) ? `${text}-01-01` : text.replace(/^(\d{4}-\d{2})$/, '$1-01');
  return parseDate(whole)?.utc ?? null;
}

function newsOf(entry: SitemapEntry): SitemapNews | null {
  const value = (name: string) => entry.get(`news/${name}`) ?? null;
  const title = value('title');
  const published = value('publication_date');
  if (title === null && published === null) return null;
  const keywords = (value('keywords') ?? '').split(',').map((word) => word.trim());
  return {
    name: value('publication/name'),
    language: value('publication/language'),
    publishedAt: dateOf(published ?? undefined),
    title,
    keywords: keywords.filter((word) => word !== '').slice(0, MAX_KEYWORDS),
  };
}

function pagesOf(entries: readonly SitemapEntry[], base: string | null): readonly SitemapPage[] {
  return entries.flatMap((entry) => {
    const url = webAddress(entry.get('loc'), base);
    const modifiedAt = dateOf(entry.get('lastmod'));
    const imageUrl = webAddress(entry.get('image/loc'), base);
    return url === null ? [] : [{ url, modifiedAt, news: newsOf(entry), imageUrl }];
  });
}

function referencesOf(
  entries: readonly SitemapEntry[],
  base: string | null,
): readonly SitemapReference[] {
  return entries.flatMap((entry) => {
    const url = webAddress(entry.get('loc'), base);
    return url === null ? [] : [{ url, modifiedAt: dateOf(entry.get('lastmod')) }];
  });
}

/** A sitemap may be a list of addresses, one a line. */
function readLines(text: string): SitemapReading {
  const lines = text.slice(0, MAX_SITEMAP_BYTES).split(/\r\n|\r|\n/, MAX_LINES);
  const urls = lines.map((line) => line.trim()).filter((line) => WEB_ADDRESS.test(line));
  if (urls.length === 0)
    return { kind: 'not-a-sitemap', detail: 'neither XML nor a list of addresses' };
  const pages = urls.flatMap((line) => {
    const url = webAddress(line, null);
    return url === null ? [] : [{ url, modifiedAt: null, news: null, imageUrl: null }];
  });
  return { kind: 'pages', pages };
}

/**
 * Reads a sitemap (with news fields), a sitemap index or a list of addresses from the bytes as served, gzip
 * included. Addresses come out absolute, in the order of the file, at most 50,000. Never throws.
 */
export function readSitemap(bytes: Uint8Array, transport: FeedTransport): SitemapReading {
  const body = inflateFile(bytes, MAX_SITEMAP_BYTES);
  if (body === null) return { kind: 'not-a-sitemap', detail: 'broken or oversized gzip' };
  const charset = CHARSET.exec(transport.contentType ?? '')?.[1] ?? null;
  const text = cleanText(decodeBytes(body, { charset, kind: 'xml' }).text);
  switch (documentRoot(text)) {
    case 'urlset':
      return { kind: 'pages', pages: pagesOf(parseSitemapEntries(text), transport.url) };
    case 'sitemapindex':
      return { kind: 'index', sitemaps: referencesOf(parseSitemapEntries(text), transport.url) };
    case null:
      return readLines(text);
    case '{':
      return { kind: 'not-a-sitemap', detail: 'a JSON object' };
    default:
      return { kind: 'not-a-sitemap', detail: 'another kind of document' };
  }
}
