import type { JsonFeed } from 'feedsmith';
import type { BaseAddress } from './base-address.ts';
import type { Feed, FeedItem } from './feed.ts';
import {
  addressOf,
  distinctTexts,
  firstDate,
  firstPersons,
  firstText,
  imageOf,
  pageAddressOf,
  toEnclosures,
} from './feed-values.ts';
import { NO_SCHEDULE } from './feed-schedule.ts';
import { foldSpace } from './html-text.ts';
import { resolveHtml } from './resolve-html.ts';

type JsonItem = JsonFeed.Item<string>;

export function mapJsonFeed(feed: JsonFeed.Feed<string>, base: BaseAddress): Omit<Feed, 'hub'> {
  return {
    format: 'json',
    id: null,
    title: firstText(feed.title),
    url: addressOf(firstText(feed.home_page_url), base),
    description: firstText(feed.description),
    language: firstText(feed.language),
    authors: firstPersons(feed.authors),
    categories: [],
    publishedAt: null,
    updatedAt: null,
    schedule: NO_SCHEDULE,
  };
}

function contentOf(item: JsonItem, base: BaseAddress): string | null {
  if (item.content_html !== undefined) return resolveHtml(item.content_html, base);
  return item.content_text?.replaceAll('&', '&amp;').replaceAll('<', '&lt;') ?? null;
}

export function mapJsonItem(item: JsonItem, base: BaseAddress): FeedItem {
  const permanent = /^https?:/i.test(item.id ?? '') ? item.id : undefined;
  const enclosures = toEnclosures(
    item.attachments?.map(({ url, mime_type, size_in_bytes }) => ({
      url,
      type: mime_type,
      length: size_in_bytes,
    })),
    base,
  );
  return {
    guid: firstText(item.id),
    url: pageAddressOf(base, item.url, item.external_url, permanent),
    title: firstText(foldSpace(item.title ?? '')),
    summary: firstText(item.summary),
    content: contentOf(item, base),
    authors: firstPersons(item.authors),
    categories: distinctTexts(item.tags ?? []),
    publishedAt: firstDate(item.date_published),
    updatedAt: firstDate(item.date_modified),
    language: firstText(item.language),
    imageUrl:
      addressOf(firstText(item.image, item.banner_image), base) ??
      imageOf(undefined, enclosures, base),
    enclosures,
    source: null,
  };
}
