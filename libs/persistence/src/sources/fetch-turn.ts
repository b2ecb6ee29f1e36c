/**
 * The right to talk to one host, until `leaseUntil`. Whoever does not give it back in time loses it, so a
 * fetcher that dies blocks a host no longer than one lease.
 */
export interface HostLease {
  readonly host: string;
  readonly leaseUntil: Date;
}

/** A source that is due. */
export interface DuePoll {
  readonly sourceId: string;
  readonly url: string;
  readonly name: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bodyHash: string | null;
  /** Milliseconds between polls as they were last decided; null before the first. */
  readonly intervalMs: number | null;
  readonly consecutiveFailures: number;
}

/** A page that is due. */
export interface DuePage {
  readonly addressId: string;
  readonly url: string;
  readonly sourceId: string;
  /** Null where the source is gone. */
  readonly source: { readonly url: string; readonly name: string | null } | null;
  /** What the feed says of the page; as the fetcher wrote it. */
  readonly hints: unknown;
  /** Fetches that failed so far. */
  readonly attempts: number;
}

/** What a host is asked for in its turn: a poll where one is due, else a page. */
export type FetchTurn = HostLease &
  (
    | { readonly kind: 'poll'; readonly poll: DuePoll }
    | { readonly kind: 'page'; readonly page: DuePage }
  );

/** A page that a source names. */
export interface FoundPage {
  readonly addressId: string;
  readonly url: string;
  readonly sourceId: string;
  readonly hints: Readonly<Record<string, unknown>>;
}

/** How a poll ended, with the decision about the next one. */
export interface PollRecord {
  readonly sourceId: string;
  readonly polledAt: Date;
  readonly nextPollAt: Date;
  readonly nextPollReason: string;
  readonly intervalMs: number;
  readonly consecutiveFailures: number;
  readonly result:
    | {
        readonly kind: 'succeeded';
        readonly etag: string | null;
        readonly lastModified: string | null;
        readonly bodyHash: string | null;
        readonly newItems: number;
      }
    | { readonly kind: 'failed'; readonly code: string; readonly detail: string };
}

/** How a page's fetch ended. */
export type PageRecord = { readonly addressId: string } & (
  | { readonly kind: 'done'; readonly at: Date }
  | { readonly kind: 'given-up'; readonly code: string }
  | { readonly kind: 'again'; readonly code: string; readonly dueAt: Date }
);
