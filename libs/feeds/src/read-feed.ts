import { decodeBytes } from '@broadsheet/text';
import { parseFeed, type AnyFeed } from 'feedsmith';
import { nestBase, type BaseAddress } from './base-address.ts';
import { documentRoot } from './document-root.ts';
import type { Feed, FeedItem, FeedReading } from './feed.ts';
import { findHub } from './hub-links.ts';
import { isFeedRoot, isWhole, type FeedRoot } from './is-whole.ts';
import { mapAtomEntry, mapAtomFeed } from './map-atom.ts';
import { mapJsonFeed, mapJsonItem } from './map-json.ts';
import { mapRssFeed, mapRssItem, rdfAsRss, type RssChannel } from './map-rss.ts';
import { repairFeed } from './repair-feed.ts';

/** More entries than any feed has; what lies beyond is left out. */
const MAX_ITEMS = 2_000;

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

/** The library throws for every fault; which one it was does not matter, the repaired text is tried next. */
function tryParse(text: string): AnyFeed | null {
  try {
    return parseFeed(text, { maxItems: MAX_ITEMS });
  } catch {
    return null;
  }
}

/** A channel without its document: RSS that lost its head. */
function withRssRoot(text: string, root: FeedRoot): string {
  return root === 'channel' ? `<rss version="2.0">${text}</rss>` : text;
}

function parseXml(text: string, root: FeedRoot): AnyFeed | null {
  const asIs = () => tryParse(text);
  const repaired = () => tryParse(withRssRoot(repairFeed(text), root));
  return isWhole(text, root) ? (asIs() ?? repaired()) : (repaired() ?? asIs());
}

function parseText(text: string, root: FeedRoot | '{'): AnyFeed | null {
  return root === '{' ? tryParse(text) : parseXml(text, root);
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

function withLanguage(mapped: MappedFeed, language: string | null | undefined): MappedFeed {
  if (!language || mapped.feed.language !== null) return mapped;
  return { ...mapped, feed: { ...mapped.feed, language } };
}

/**
 * Reads RSS 0.9x to 2.0, RDF, Atom or JSON Feed from the bytes as served. Damaged feeds are repaired as far
 * as whole entries go; a document that is no feed is refused. Never throws.
 */
export function readFeed(bytes: Uint8Array, transport: FeedTransport): FeedReading {
  const charset = CHARSET.exec(transport.contentType ?? '')?.[1] ?? null;
  const decoded = decodeBytes(bytes, { charset, kind: 'xml' });
  const root = documentRoot(decoded.text);
  if (root === null) return { kind: 'not-a-feed', detail: 'neither XML nor a JSON object' };
  if (root !== '{' && !isFeedRoot(root)) {
    return { kind: 'not-a-feed', detail: `the document is <${root}>` };
  }
  const parsed = parseText(decoded.text, root);
  if (parsed === null) return { kind: 'not-a-feed', detail: 'the document holds no feed' };
  const mapped = withLanguage(mapFeed(parsed, baseOf(transport)), transport.contentLanguage);
  const feed = { ...mapped.feed, hub: findHub(relatedLinks(parsed), transport) };
  return { kind: 'feed', feed, items: mapped.items, charset: decoded.charset };
}
