import type { Feed, FeedItem } from './feed.ts';
import { element, type Xml, xmlDocument } from './xml.ts';

/** Atom (RFC 4287). */
export function writeAtom(feed: Feed): string {
  return xmlDocument(
    element(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom' },
      element('id', {}, feed.selfUrl),
      element('title', {}, feed.title),
      element('updated', {}, feed.updatedAt),
      // For entries without an author of their own (RFC 4287 §4.1.1).
      element('author', {}, element('name', {}, 'Broadsheet')),
      element('link', { rel: 'self', type: 'application/atom+xml', href: feed.selfUrl }),
      element('link', { rel: 'alternate', type: 'application/json', href: feed.searchUrl }),
      ...feed.items.map(entryOf),
    ),
  );
}

function entryOf(item: FeedItem): Xml {
  const language: Record<string, string> =
    item.language === null ? {} : { 'xml:lang': item.language };
  return element(
    'entry',
    language,
    element('id', {}, item.id),
    element('title', { type: 'text' }, item.title),
    element('link', { rel: 'alternate', href: item.url }),
    element('published', {}, item.publishedAt),
    element('updated', {}, item.updatedAt),
    ...item.authors.map((author) => element('author', {}, element('name', {}, author))),
    ...item.categories.map((term) => element('category', { term })),
    item.summary === null ? null : element('summary', { type: 'text' }, item.summary),
    item.html === ''
      ? element('content', { type: 'text' }, item.text)
      : element('content', { type: 'html' }, item.html),
  );
}
