import { decodeBytes } from '@broadsheet/text';
import { type AnyFeed, parseAtomFeed, parseRdfFeed, parseRssFeed } from 'feedsmith';
import { nestBase, type BaseAddress } from './base-address.ts';
import { cleanText } from './clean-text.ts';
import { documentRoot } from './document-root.ts';
import type { Feed, FeedItem, FeedReading } from './feed.ts';
import { findHub } from './hub-links.ts';
import { inflateFile } from './inflate-file.ts';
import { isFeedRoot, isWhole, type FeedRoot } from './is-whole.ts';
import { mapAtomEntry, mapAtomFeed } from './map-atom.ts';
import { mapJsonFeed, mapJsonItem } from './map-json.ts';
import { mapRssFeed, mapRssItem, rdfAsRss, type RssChannel } from './map-rss.ts';
import { readJsonFeed } from './read-json-feed.ts';
import { repairFeed } from './repair-feed.ts';

/** More entries than any feed has; what lies beyond is left out. */
const MAX_ITEMS = 2_000;
const MAX_FEED_BYTES = 15 * 1024 * 1024;

/** What the transport says of the document. */
export interface FeedTransport {
  /** Address it was fetched from, after redirects. */
  readonly url: string | null;
  readonly contentType?: string | null | undefined;
  readonly contentLocation?: string | null | undefined;
  readonly contentLanguage?: string | null | undefined;
  /** The Link header. */
  readonly link?: string | null | undefined;
}

interface MappedFeed {
  readonly feed: Omit<Feed, 'hub'>;
  readonly items: readonly FeedItem[];
}

const CHARSET = /;\s*charset\s*=\s*"?([^\s";]{1,40})/i;

function baseOf(transport: FeedTransport): BaseAddress {
  return nestBase(transport.contentLocation ?? undefined, transport.url);
}

function mapRss(channel: RssChannel, format: 'rss' | 'rdf', outer: BaseAddress): MappedFeed {
  const base = nestBase(channel.xml?.base, outer);
  return {
    feed: mapRssFeed(channel, format, base),
    items: (channel.items ?? []).map((item) => mapRssItem(item, base)),
  };
}

function mapFeed(parsed: AnyFeed, base: BaseAddress): MappedFeed {
  switch (parsed.format) {
    case 'rss':
      return mapRss(parsed.feed, 'rss', base);
    case 'rdf':
      return mapRss(rdfAsRss(parsed.feed), 'rdf', base);
    case 'atom': {
      const { feed } = parsed;
      const entryBase = nestBase(feed.xml?.base, base);
      const items = (feed.entries ?? []).map((entry) => mapAtomEntry(entry, entryBase));
      return { feed: mapAtomFeed(feed, base), items };
    }
    case 'json': {
      const { feed } = parsed;
      const items = (feed.items ?? []).map((item) => mapJsonItem(item, base));
      return { feed: mapJsonFeed(feed, base), items };
    }
  }
}

const OPTIONS = { maxItems: MAX_ITEMS };

/** By the root element: a feed may quote another one. */
function parseXml(text: string, root: FeedRoot): AnyFeed {
  switch (root) {
    case 'feed':
      return { format: 'atom', feed: parseAtomFeed(text, OPTIONS) };
    case 'rdf':
      return { format: 'rdf', feed: parseRdfFeed(text, OPTIONS) };
    case 'rss':
    case 'channel':
      return { format: 'rss', feed: parseRssFeed(text, OPTIONS) };
  }
}

/** The library throws for every fault; which one it was does not matter, the repaired text is tried next. */
function tryParse(text: string, root: FeedRoot): AnyFeed | null {
  try {
    return parseXml(text, root);
  } catch {
    return null;
  }
}

/** A channel without its document: RSS that lost its head. */
function withRssRoot(text: string, root: FeedRoot): string {
  return root === 'channel' ? `<rss version="2.0">${text}</rss>` : text;
}

interface ParsedFeed extends MappedFeed {
  readonly parsed: AnyFeed;
}

function addressed({ items }: MappedFeed): number {
  return items.filter(({ url }) => url !== null).length;
}

/** The library reads some faults as something else: an entry without an address is a hint that it did. */
function readXml(text: string, root: FeedRoot, base: BaseAddress): ParsedFeed | null {
  const asIs = () => withMapping(tryParse(text, root), base);
  const repaired = () => withMapping(tryParse(withRssRoot(repairFeed(text), root), root), base);
  if (!isWhole(text, root)) return repaired() ?? asIs();
  const first = asIs();
  if (first !== null && addressed(first) === first.items.length) return first;
  const second = repaired();
  if (first === null || second === null) return first ?? second;
  return addressed(second) > addressed(first) ? second : first;
}

function readText(text: string, root: FeedRoot | '{', base: BaseAddress): ParsedFeed | null {
  if (root !== '{') return readXml(text, root, base);
  const feed = readJsonFeed(text, MAX_ITEMS);
  return withMapping(feed && { format: 'json', feed }, base);
}

function withMapping(parsed: AnyFeed | null, base: BaseAddress): ParsedFeed | null {
  return parsed === null ? null : { parsed, ...mapFeed(parsed, base) };
}

/** Links to its hub and to itself, whatever the format calls them. */
function relatedLinks(parsed: AnyFeed): Parameters<typeof findHub>[0] {
  switch (parsed.format) {
    case 'atom':
      return parsed.feed.links ?? [];
    case 'json': {
      const { hubs = [], feed_url: self } = parsed.feed;
      return [...hubs.map(({ url }) => ({ href: url, rel: 'hub' })), { href: self, rel: 'self' }];
    }
    case 'rss':
    case 'rdf':
      return parsed.feed.atom?.links ?? [];
  }
}

function toFeed({ parsed, feed }: ParsedFeed, transport: FeedTransport): Feed {
  const language = feed.language ?? (transport.contentLanguage || null);
  return { ...feed, language, hub: findHub(relatedLinks(parsed), transport) };
}

/**
 * Reads RSS 0.9x to 2.0, RDF, Atom or JSON Feed from the bytes as served, gzip files included. Damaged feeds are repaired as far
 * as whole entries go; a document that is no feed is refused. Never throws.
 */
export function readFeed(bytes: Uint8Array, transport: FeedTransport): FeedReading {
  const body = inflateFile(bytes, MAX_FEED_BYTES);
  if (body === null || body.byteLength > MAX_FEED_BYTES) {
    return { kind: 'not-a-feed', detail: 'broken gzip, or larger than a feed' };
  }
  const charset = CHARSET.exec(transport.contentType ?? '')?.[1] ?? null;
  const decoded = decodeBytes(body, { charset, kind: 'xml' });
  const text = cleanText(decoded.text);
  const root = documentRoot(text);
  if (root === null) return { kind: 'not-a-feed', detail: 'neither XML nor a JSON object' };
  if (root !== '{' && !isFeedRoot(root)) {
    return { kind: 'not-a-feed', detail: `the document is <${root}>` };
  }
  const found = readText(text, root, baseOf(transport));
  if (found === null) return { kind: 'not-a-feed', detail: 'the document holds no feed' };
  const { items } = found;
  return { kind: 'feed', feed: toFeed(found, transport), items, charset: decoded.charset };
}
