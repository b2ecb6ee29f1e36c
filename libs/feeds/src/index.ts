export type { Feed, FeedEnclosure, FeedItem, FeedPerson, FeedReading } from './feed.ts';
export { guessFeedAddresses } from './feed-links.ts';
export type { FeedSchedule } from './feed-schedule.ts';
export { htmlToText } from './html-text.ts';
export { readOpml, writeOpml, type OpmlFeed, type OpmlReading } from './opml.ts';
export { readFeed, type FeedTransport } from './read-feed.ts';
export { readSitemap } from './read-sitemap.ts';
export { readSourceDocument, type SourceDocument } from './read-source-document.ts';
export type { SitemapNews, SitemapPage, SitemapReading, SitemapReference } from './sitemap.ts';
