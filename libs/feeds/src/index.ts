export type { Feed, FeedEnclosure, FeedItem, FeedPerson, FeedReading } from './feed.ts';
export { htmlToText } from './html-text.ts';
export { readFeed, type FeedTransport } from './read-feed.ts';
export { readSitemap } from './read-sitemap.ts';
export type { SitemapNews, SitemapPage, SitemapReading, SitemapReference } from './sitemap.ts';
