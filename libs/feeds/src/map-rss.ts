import type { RdfFeed, RssFeed } from 'feedsmith';
import { nestBase, type BaseAddress } from './base-address.ts';
import type { Feed, FeedItem, FeedPerson } from './feed.ts';
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
import { alternateLink } from './atom-links.ts';
import { toSchedule } from './feed-schedule.ts';
import { resolveHtml } from './resolve-html.ts';
import { unescapedTwice } from './unescaped-twice.ts';

export type RssChannel = RssFeed.Feed<string>;
type RssItem = RssFeed.Item<string>;
type RdfItem = RdfFeed.Item<string>;

/** RDF (RSS 1.0) as RSS: its elements have the same names, some of RSS 2.0 are missing. */
export function rdfAsRss(feed: RdfFeed.Feed<string>): RssChannel {
  return { ...feed, items: feed.items?.map(rdfItemAsRss) ?? [] };
}

function rdfItemAsRss(item: RdfItem): RssItem {
  const about = item.rdf?.about;
  if (about === undefined) return item;
  const link = item.link ?? (/^https?:/i.test(about) ? about : '');
  return { ...item, link, guid: { value: about, isPermaLink: false } };
}

function channelTitle({ title, dc, itunes }: RssChannel): string | null {
  return textOf(firstText(title, dc?.titles?.[0], itunes?.title));
}

function channelDescription({ description, itunes }: RssChannel): string | null {
  return firstText(description, itunes?.summary, itunes?.subtitle);
}

function channelAuthors({ managingEditor, dc, itunes, atom }: RssChannel): readonly FeedPerson[] {
  return firstPersons([managingEditor], dc?.creators, [itunes?.author], atom?.authors);
}

function channelCategories({ categories, dc, itunes }: RssChannel): readonly string[] {
  return distinctTexts([
    ...(categories ?? []).map((category) => category.name),
    ...(dc?.subjects ?? []),
    ...(itunes?.categories ?? []).map((category) => category.text),
  ]);
}

function channelUpdate({ lastBuildDate, dc, dcterms, pubDate }: RssChannel): string | null {
  return firstDate(lastBuildDate, dc?.dates?.[0], dcterms?.modified?.[0], pubDate);
}

/** RSS 0.9x, 1.0 and 2.0. `base` is that of the channel. */
export function mapRssFeed(
  channel: RssChannel,
  format: 'rss' | 'rdf',
  base: BaseAddress,
): Omit<Feed, 'hub'> {
  const { link, language, atom, dc, xml } = channel;
  return {
    format,
    id: firstText(atom?.id),
    title: channelTitle(channel),
    url: addressOf(firstText(link, alternateLink(atom?.links)), base),
    description: bodyOf(channelDescription(channel), base),
    language: firstText(language, dc?.languages?.[0], xml?.lang),
    authors: channelAuthors(channel),
    categories: channelCategories(channel),
    publishedAt: firstDate(channel.pubDate),
    updatedAt: channelUpdate(channel),
    schedule: toSchedule(channel),
  };
}

function bodyOf(html: string | null, base: BaseAddress): string | null {
  return html === null ? null : resolveHtml(unescapedTwice(html), base);
}

function itemLink({ link, atom, guid }: RssItem, base: BaseAddress): string | null {
  const isPermanent = guid?.isPermaLink !== false && /^https?:/i.test(guid?.value ?? '');
  const permanent = isPermanent ? guid?.value : undefined;
  return pageAddressOf(base, link, alternateLink(atom?.links), permanent);
}

function itemTitle({ title, dc, media }: RssItem): string | null {
  return textOf(firstText(title, dc?.titles?.[0], media?.title?.value));
}

function itemSummary({ description, itunes, dc, atom }: RssItem): string | null {
  return firstText(description, itunes?.summary, dc?.descriptions?.[0], atom?.summary?.value);
}

function itemAuthors({ authors, dc, itunes, atom }: RssItem): readonly FeedPerson[] {
  return firstPersons(authors, dc?.creators, [itunes?.author], atom?.authors, dc?.contributors);
}

function itemCategories({ categories, dc }: RssItem): readonly string[] {
  return distinctTexts([
    ...(categories ?? []).map((category) => category.name),
    ...(dc?.subjects ?? []),
  ]);
}

function publicationOf({ pubDate, atom, dc, dcterms }: RssItem): string | null {
  return firstDate(pubDate, atom?.published, dc?.dates?.[0], dcterms?.issued?.[0]);
}

function updateOf({ atom, dc, dcterms }: RssItem): string | null {
  return firstDate(atom?.updated, dcterms?.modified?.[0], dc?.dates?.[0]);
}

function sourceOf({ source }: RssItem): FeedItem['source'] {
  if (source === undefined) return null;
  return { title: firstText(source.title), url: firstText(source.url) };
}

export function mapRssItem(item: RssItem, outer: BaseAddress): FeedItem {
  const { xml, guid, content, atom, dc } = item;
  const base = nestBase(xml?.base, outer);
  const enclosures = toEnclosures(item.enclosures, base);
  return {
    guid: firstText(guid?.value, atom?.id),
    url: itemLink(item, base),
    title: itemTitle(item),
    summary: bodyOf(itemSummary(item), base),
    content: bodyOf(firstText(content?.encoded, atom?.content?.value), base),
    authors: itemAuthors(item),
    categories: itemCategories(item),
    publishedAt: publicationOf(item),
    updatedAt: updateOf(item),
    language: firstText(dc?.languages?.[0], xml?.lang),
    imageUrl: imageOf(item.media, enclosures, base),
    enclosures,
    source: sourceOf(item),
  };
}
