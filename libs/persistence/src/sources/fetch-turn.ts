/**
 * The right to talk to one host, until `leaseUntil`. Whoever does not give it back in time loses it, so a
 * fetcher that dies blocks a host no longer than one lease.
 */
export interface HostLease {
  readonly host: string;
  readonly leaseUntil: Date;
}

/** How often a source has news. */
export interface NewsRhythm {
  readonly lastItemAt: Date | null;
  /** Usual time between two polls with news. */
  readonly itemGapMs: number | null;
  /** How many such times this rests on. */
  readonly itemGaps: number;
}

/** News of a source that no poll brought: a hub pushed them, or a sitemap of its index named them. */
export interface NewsOutsidePolls {
  readonly sourceId: string;
  readonly newItems: number;
  readonly at: Date;
  /** Decides what they make of the rhythm; nobody else changes that meanwhile. */
  readonly rhythmAfter: (rhythm: NewsRhythm, atMs: number) => NewsRhythm;
}

/** A source that is due. */
export interface DuePoll {
  readonly sourceId: string;
  /** Where it is asked. */
  readonly url: string;
  /** The address that its owner gave. */
  readonly ownerUrl: string;
  readonly name: string | null;
  /** CSS: which links of a page are its articles; null leaves that to its structure. */
  readonly selector: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bodyHash: string | null;
  /** Milliseconds between polls as they were last decided; null before the first. */
  readonly intervalMs: number | null;
  readonly consecutiveFailures: number;
  /** What earlier polls left for this one; as the fetcher wrote it. */
  readonly memory: unknown;
  readonly rhythm: NewsRhythm;
  /** Until when a hub pushes its news; null where none does. */
  readonly pushedUntil: Date | null;
}

export type FrontierKind = 'page' | 'sitemap';

/** A page or a sitemap that is due. */
export interface DuePage {
  readonly addressId: string;
  readonly kind: FrontierKind;
  readonly url: string;
  readonly sourceId: string;
  /** Null where the source is gone. */
  readonly source: { readonly url: string; readonly name: string | null } | null;
  /** What the feed says of the page; as the fetcher wrote it. */
  readonly hints: unknown;
  /** Fetches that failed since the last that did not. */
  readonly attempts: number;
  readonly foundAt: Date;
  /** Null where it has not been fetched yet. */
  readonly fetchedAt: Date | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bodyHash: string | null;
}

/** What a host is asked for in its turn: a poll where one is due, else a page. */
export type FetchTurn = HostLease & {
  /** The redirects that led to this turn, as the fetcher wrote them. */
  readonly redirects: unknown;
} & (
    | { readonly kind: 'poll'; readonly poll: DuePoll }
    | { readonly kind: 'page'; readonly page: DuePage }
  );

/** A page that a source names. */
export interface FoundPage {
  readonly addressId: string;
  readonly url: string;
  readonly sourceId: string;
  readonly hints: Readonly<Record<string, unknown>>;
  /** Why it is remembered but not fetched; null where it is fetched. */
  readonly refusal?: string | null;
}

/** A sitemap that another one names. */
export interface FoundSitemap {
  readonly addressId: string;
  readonly url: string;
  readonly sourceId: string;
  readonly hints: Readonly<Record<string, unknown>>;
  /** When it changed, as the index says; null where it says nothing. */
  readonly modifiedAt: Date | null;
}

/** How a poll ended, with the decision about the next one. */
export interface PollRecord {
  readonly sourceId: string;
  readonly polledAt: Date;
  readonly nextPollAt: Date;
  readonly nextPollReason: string;
  /** Null where the source was asked for what has changed, or not at all. */
  readonly askedWholeBecause: string | null;
  readonly intervalMs: number | null;
  readonly consecutiveFailures: number;
  /** Where the source is asked next. */
  readonly nextUrl: string;
  readonly memory: Readonly<Record<string, unknown>>;
  readonly result:
    | {
        readonly kind: 'succeeded';
        readonly etag: string | null;
        readonly lastModified: string | null;
        readonly bodyHash: string | null;
        readonly newItems: number;
        readonly rhythm: NewsRhythm;
      }
    | { readonly kind: 'failed'; readonly code: string; readonly detail: string };
}

/** How the fetch of a page or a sitemap ended. */
export type PageRecord = {
  readonly addressId: string;
  /** The address that names it, where it is asked for the next time. */
  readonly url: string;
} & (
  | {
      readonly kind: 'done';
      readonly at: Date;
      readonly etag: string | null;
      readonly lastModified: string | null;
      readonly bodyHash: string | null;
      /** When it is looked at again; null for never. */
      readonly dueAt: Date | null;
    }
  | { readonly kind: 'given-up'; readonly code: string }
  | { readonly kind: 'again'; readonly code: string; readonly dueAt: Date }
);

/** Work that a redirect sent elsewhere. It stays due, and waits for a turn of the host that it was sent to. */
export interface OnwardRecord {
  readonly work: 'poll' | 'page';
  /** Of the source or the page. */
  readonly id: string;
  /** Where it goes on. */
  readonly url: string;
  /** All redirects that led there. */
  readonly redirects: readonly { readonly status: number; readonly to: string }[];
  readonly at: Date;
}
