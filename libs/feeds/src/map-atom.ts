import type { AtomFeed } from 'feedsmith';
import { alternateLink } from './atom-links.ts';
import { nestBase, resolveIdentifier, type BaseAddress } from './base-address.ts';
import type { Feed, FeedItem } from './feed.ts';
import {
  addressOf,
  distinctTexts,
  firstDate,
  firstPersons,
  firstText,
  imageOf,
  pageAddressOf,
  textOf,
  toEnclosures,
} from './feed-values.ts';
import { toSchedule } from './feed-schedule.ts';
import { foldSpace } from './html-text.ts';
import { resolveHtml } from './resolve-html.ts';
import { unescapedTwice } from './unescaped-twice.ts';

type AtomDocument = AtomFeed.Feed<string>;
type Entry = AtomFeed.Entry<string>;
type Text = AtomFeed.Text | AtomFeed.Content;

/** A title is text unless it says that it is markup (RFC 4287 §3.1). */
function titleOf(title: AtomFeed.Text | undefined): string | null {
  const value = firstText(title?.value);
  const isMarkup = title?.type === 'html' || title?.type === 'xhtml' || title?.type === 'text/html';
  return isMarkup ? textOf(value) : firstText(foldSpace(value ?? ''));
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function htmlOf(text: Text | undefined, outer: BaseAddress): string | null {
  const value = firstText(text?.value);
  if (value === null || text === undefined) return null;
  if (text.type === undefined || text.type === 'text' || text.type === 'text/plain')
    return plainOf(value);
  return resolveHtml(unescapedTwice(value), nestBase(text.xml?.base, outer));
}

/** Feeds put markup into text without saying so; real text with a tag in it is rare. */
function plainOf(value: string): string {
  return /<\/?[a-z][^<]*>/i.test(value) ? value : escapeText(value);
}

function idOf(id: string | undefined, base: BaseAddress): string | null {
  return id === undefined ? null : resolveIdentifier(id, base);
}

export function mapAtomFeed(feed: AtomDocument, outer: BaseAddress): Omit<Feed, 'hub'> {
  const base = nestBase(feed.xml?.base, outer);
  return {
    format: 'atom',
    id: idOf(feed.id, base),
    title: titleOf(feed.title),
    url: addressOf(alternateLink(feed.links) ?? null, base),
    description: htmlOf(feed.subtitle, base),
    language: firstText(feed.xml?.lang, feed.dc?.languages?.[0]),
    authors: firstPersons(feed.authors, feed.dc?.creators, [feed.itunes?.author]),
    categories: distinctTexts((feed.categories ?? []).map(({ term, label }) => term ?? label)),
    publishedAt: null,
    updatedAt: firstDate(feed.updated),
    schedule: toSchedule({ sy: feed.sy }),
  };
}

function linkOf(entry: Entry, base: BaseAddress): string | null {
  const permanent = /^https?:/i.test(entry.id ?? '') ? entry.id : undefined;
  return pageAddressOf(base, alternateLink(entry.links), permanent);
}

function sourceOf(entry: Entry): FeedItem['source'] {
  if (entry.source === undefined) return null;
  const { title, links } = entry.source;
  return { title: titleOf(title), url: firstText(alternateLink(links)) };
}

export function mapAtomEntry(entry: Entry, outer: BaseAddress): FeedItem {
  const base = nestBase(entry.xml?.base, outer);
  const enclosed = (entry.links ?? []).filter((link) => link.rel === 'enclosure');
  const enclosures = toEnclosures(
    enclosed.map((link) => ({ ...link, url: link.href })),
    base,
  );
  return {
    guid: idOf(entry.id, base),
    url: linkOf(entry, base),
    title: titleOf(entry.title),
    summary: htmlOf(entry.summary, base),
    content: htmlOf(entry.content, base),
    authors: firstPersons(entry.authors, entry.dc?.creators, entry.source?.authors),
    categories: distinctTexts((entry.categories ?? []).map(({ term, label }) => term ?? label)),
    publishedAt: firstDate(entry.published, entry.dc?.dates?.[0]),
    updatedAt: firstDate(entry.updated),
    language: firstText(entry.xml?.lang),
    imageUrl: imageOf(entry.media, enclosures, base),
    enclosures,
    source: sourceOf(entry),
  };
}
