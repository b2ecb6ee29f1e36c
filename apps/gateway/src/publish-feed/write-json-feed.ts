import type { Feed, FeedItem } from './feed.ts';

/** JSON Feed 1.1. */
export function writeJsonFeed(feed: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.searchUrl,
    feed_url: feed.selfUrl,
    items: feed.items.map(itemOf),
  });
}

function itemOf(item: FeedItem): object {
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
    ...(item.categories.length === 0 ? {} : { tags: item.categories }),
    ...(item.language === null ? {} : { language: item.language }),
  };
}
