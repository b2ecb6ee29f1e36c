import { guessFeedAddresses } from '@broadsheet/feeds';
import type { PollMemory } from './poll-memory.ts';

/** Where a search for a source's feed stands. */
export interface FeedSearch {
  /** The address that was asked. */
  readonly url: string;
  readonly ownerUrl: string;
  /** Sitemaps that the host's robots.txt names. */
  readonly sitemaps: readonly string[];
  readonly memory: PollMemory;
  readonly consecutiveFailures: number;
}

export type SearchDecision =
  | { readonly kind: 'try'; readonly url: string; readonly candidates: readonly string[] }
  /** Nothing is left to try: the owner's address is asked again, later. */
  | { readonly kind: 'none'; readonly hasSearched: boolean };

const MAX_CANDIDATES = 20;
/** A feed that has worked may be a page for an hour: an error, a bot wall. */
const LOST_AFTER_FAILURES = 3;

function isLost({ memory, consecutiveFailures }: FeedSearch): boolean {
  return memory.wholeAtMs === null || consecutiveFailures >= LOST_AFTER_FAILURES;
}

function next(candidates: readonly string[]): SearchDecision {
  const [url, ...others] = candidates;
  return url === undefined
    ? { kind: 'none', hasSearched: true }
    : { kind: 'try', url, candidates: others };
}

/**
 * Where to look for the feed of a source whose address holds none. `feedUrls` are those that the page there
 * names, null where it is not even a page. From a home page: what it names, else the sitemaps of robots.txt
 * and the usual places; they are tried one after the other.
 */
export function decideSearch(
  search: FeedSearch,
  feedUrls: readonly string[] | null,
): SearchDecision {
  const { url, ownerUrl, sitemaps, memory } = search;
  if (memory.isSearching) return next(memory.candidates);
  // The page was read for its own links after a search: there is no point in another one at once.
  if (memory.isListing) return { kind: 'none', hasSearched: memory.wholeAtMs === null };
  if (feedUrls === null || url !== ownerUrl || !isLost(search)) {
    return { kind: 'none', hasSearched: false };
  }
  const named = feedUrls.length > 0 ? feedUrls : [...sitemaps, ...guessFeedAddresses(url)];
  const candidates = [...new Set(named)].filter((candidate) => candidate !== url);
  return next(candidates.filter((candidate) => candidate.length <= 2_000).slice(0, MAX_CANDIDATES));
}

/** The address to ask next after a failure that ends no search: a feed that was found and lost is looked for again. */
export function addressAfterFailure(search: FeedSearch): string {
  const { url, ownerUrl, memory, consecutiveFailures } = search;
  const isFound = url !== ownerUrl && !memory.isSearching;
  return isFound && consecutiveFailures >= LOST_AFTER_FAILURES ? ownerUrl : url;
}

/** Whether a page that gave no links this time is read for its links again, or for its feeds. */
export function keepsListing({ memory, consecutiveFailures }: FeedSearch): boolean {
  const hasWorked = memory.isListing && memory.wholeAtMs !== null;
  return hasWorked && consecutiveFailures < LOST_AFTER_FAILURES;
}
