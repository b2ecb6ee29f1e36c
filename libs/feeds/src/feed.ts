import type { FeedSchedule } from './feed-schedule.ts';
import type { HubLink } from './hub-links.ts';

export interface FeedPerson {
  readonly name: string | null;
  readonly email: string | null;
  readonly url: string | null;
}

export interface FeedEnclosure {
  readonly url: string;
  readonly type: string | null;
  /** Bytes, as the feed claims. */
  readonly length: number | null;
}

/** What a feed says of itself. Addresses are absolute where a base address is known. */
export interface Feed {
  readonly format: 'rss' | 'atom' | 'rdf' | 'json';
  readonly id: string | null;
  readonly title: string | null;
  readonly url: string | null;
  /** May hold markup. */
  readonly description: string | null;
  readonly language: string | null;
  readonly authors: readonly FeedPerson[];
  readonly categories: readonly string[];
  /** ISO 8601 in UTC. */
  readonly publishedAt: string | null;
  readonly updatedAt: string | null;
  readonly schedule: FeedSchedule;
  /** Where its news are pushed from; null where nowhere. */
  readonly hub: HubLink | null;
}

/** One entry. Addresses are absolute where a base address is known. */
export interface FeedItem {
  readonly guid: string | null;
  readonly url: string | null;
  /** Plain text. */
  readonly title: string | null;
  /** HTML. */
  readonly summary: string | null;
  /** HTML. */
  readonly content: string | null;
  readonly authors: readonly FeedPerson[];
  readonly categories: readonly string[];
  /** ISO 8601 in UTC. */
  readonly publishedAt: string | null;
  readonly updatedAt: string | null;
  readonly language: string | null;
  readonly imageUrl: string | null;
  readonly enclosures: readonly FeedEnclosure[];
  /** Where the entry was taken over from another feed. */
  readonly source: { readonly title: string | null; readonly url: string | null } | null;
}

export type FeedReading =
  | {
      readonly kind: 'feed';
      readonly feed: Feed;
      readonly items: readonly FeedItem[];
      /** Name by the WHATWG Encoding Standard. */
      readonly charset: string;
    }
  | { readonly kind: 'not-a-feed'; readonly detail: string };
