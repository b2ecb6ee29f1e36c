import { z } from 'zod';
import type { Feed, FeedItem } from './feed.ts';

const JsonFeedItem = z.strictObject({
  id: z.string(),
  url: z.string(),
  title: z.string(),
  summary: z.string().optional(),
  content_html: z.string().optional(),
  content_text: z.string(),
  image: z.string().optional(),
  date_published: z.iso.datetime(),
  date_modified: z.iso.datetime(),
  authors: z.array(z.strictObject({ name: z.string() })).optional(),
  tags: z.array(z.string()).optional(),
  language: z.string().optional(),
});
type JsonFeedItem = z.infer<typeof JsonFeedItem>;

export const JsonFeed = z
  .strictObject({
    version: z.literal('https://jsonfeed.org/version/1.1'),
    title: z.string(),
    home_page_url: z.string(),
    feed_url: z.string(),
    items: z.array(JsonFeedItem),
  })
  .meta({ id: 'JsonFeed' });
type JsonFeed = z.infer<typeof JsonFeed>;

/** JSON Feed 1.1. */
export function writeJsonFeed(feed: Feed): string {
  const document: JsonFeed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.searchUrl,
    feed_url: feed.selfUrl,
    items: feed.items.map(itemOf),
  };
  return JSON.stringify(document);
}

function itemOf(item: FeedItem): JsonFeedItem {
  return {
    id: item.id,
    url: item.url,
    title: item.title,
    ...(item.summary === null ? {} : { summary: item.summary }),
    ...(item.html === '' ? {} : { content_html: item.html }),
    content_text: item.text,
    ...(item.imageUrl === null ? {} : { image: item.imageUrl }),
    date_published: item.publishedAt,
    date_modified: item.updatedAt,
    ...(item.authors.length === 0 ? {} : { authors: item.authors.map((name) => ({ name })) }),
    ...(item.categories.length === 0 ? {} : { tags: [...item.categories] }),
    ...(item.language === null ? {} : { language: item.language }),
  };
}
