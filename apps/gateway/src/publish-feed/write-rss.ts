import type { Feed, FeedItem } from './feed.ts';
import { element, type Xml, xmlDocument } from './xml.ts';

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
};

/** RSS 2.0. */
export function writeRss(feed: Feed): string {
  const channel = element(
    'channel',
    {},
    element('title', {}, feed.title),
    element('link', {}, feed.searchUrl),
    element('description', {}, feed.title),
    element('lastBuildDate', {}, rfc822(feed.updatedAt)),
    element('atom:link', { rel: 'self', type: 'application/rss+xml', href: feed.selfUrl }),
    ...feed.items.map(itemOf),
  );
  return xmlDocument(element('rss', { version: '2.0', ...NAMESPACES }, channel));
}

function itemOf(item: FeedItem): Xml {
  return element(
    'item',
    {},
    element('title', {}, item.title),
    element('link', {}, item.url),
    element('guid', { isPermaLink: 'false' }, item.id),
    element('pubDate', {}, rfc822(item.publishedAt)),
    ...item.authors.map((author) => element('dc:creator', {}, author)),
    ...item.categories.map((category) => element('category', {}, category)),
    item.summary === null ? null : element('description', {}, asHtml(item.summary)),
    item.html === '' ? null : element('content:encoded', {}, item.html),
  );
}

/** RFC 822 with four digits of the year, as RSS 2.0 asks. */
function rfc822(time: string): string {
  return new Date(time).toUTCString();
}

/** Readers take a description for HTML, and this one is plain text. */
function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
