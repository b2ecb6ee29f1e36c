import { Parser } from 'htmlparser2';

/** Links to feeds stand in the head, which comes early. */
const MAX_HTML_LENGTH = 512 * 1024;
const MAX_DEPTH = 200;
const MAX_LINKS = 10;
const FEED_TYPES = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/rdf+xml',
  'application/feed+json',
]);
/** Feeds of old sites, and much else. */
const VAGUE_TYPES = new Set(['text/xml', 'application/xml']);
/** Feeds of comments are seldom what somebody wants to follow. */
const COMMENTS = /comments?\b/i;

/** Where sites keep feeds and sitemaps that they do not name. */
const WELL_KNOWN_PATHS = [
  '/feed',
  '/rss.xml',
  '/feed.xml',
  '/atom.xml',
  '/rss',
  '/index.xml',
  '/news-sitemap.xml',
  '/sitemap_news.xml',
  '/sitemap.xml',
] as const;

type Likeness = 'feed' | 'comments' | 'vague';
const BY_LIKENESS: readonly Likeness[] = ['feed', 'vague', 'comments'];

function typedLikeness({ rel = '', type = '' }: Readonly<Record<string, string>>): Likeness | null {
  const relations = rel.toLowerCase().split(/\s+/);
  if (relations.includes('feed')) return 'feed';
  if (!relations.includes('alternate')) return null;
  const essence = type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (FEED_TYPES.has(essence)) return 'feed';
  return VAGUE_TYPES.has(essence) ? 'vague' : null;
}

function likenessOf(attributes: Readonly<Record<string, string>>): Likeness | null {
  const { title = '', href = '' } = attributes;
  const likeness = href.trim() === '' ? null : typedLikeness(attributes);
  return likeness !== null && COMMENTS.test(`${title} ${href}`) ? 'comments' : likeness;
}

function resolve(href: string, base: string): string | null {
  if (!URL.canParse(href.trim(), base)) return null;
  const url = new URL(href.trim(), base);
  url.hash = '';
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

interface FeedLink {
  readonly url: string;
  readonly likeness: Likeness;
}

function toFeedLink(attributes: Readonly<Record<string, string>>, base: string): FeedLink | null {
  const likeness = likenessOf(attributes);
  const url = likeness === null ? null : resolve(attributes['href'] ?? '', base);
  return likeness === null || url === null ? null : { url, likeness };
}

/** The feeds that a page links to in its head, likeliest first, those of comments last. Absolute addresses. */
export function findFeedLinks(html: string, pageUrl: string): readonly string[] {
  const links: FeedLink[] = [];
  let base = pageUrl;
  let depth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (depth > MAX_DEPTH || links.length >= MAX_LINKS) parser.pause();
      if (name === 'base') base = resolve(attributes['href'] ?? '', pageUrl) ?? base;
      const link = name === 'link' ? toFeedLink(attributes, base) : null;
      if (link !== null) links.push(link);
    },
    onclosetag() {
      depth -= 1;
    },
  });
  parser.end(html.slice(0, MAX_HTML_LENGTH));
  const sorted = links.toSorted(
    (a, b) => BY_LIKENESS.indexOf(a.likeness) - BY_LIKENESS.indexOf(b.likeness),
  );
  return [...new Set(sorted.map((link) => link.url))];
}

/** Addresses to try where a page names no feed. */
export function guessFeedAddresses(pageUrl: string): readonly string[] {
  const { origin } = new URL(pageUrl);
  return WELL_KNOWN_PATHS.map((path) => `${origin}${path}`);
}
