export type { Feed, FeedEnclosure, FeedItem, FeedPerson, FeedReading } from './feed.ts';
export { htmlToText } from './html-text.ts';
export { readFeed, type FeedTransport } from './read-feed.ts';
