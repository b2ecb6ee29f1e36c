import {
  decideMove,
  readFreshness,
  readRetryAfter,
  type PollOutcome,
  type SkippedTimes,
  type Validators,
} from '@broadsheet/crawl-policy';
import type { SelectorFault } from '@broadsheet/feeds';
import type {
  FetchedDocument,
  FetchFailed,
  FetchRefused,
  NotModified,
} from '@broadsheet/http-client';
import { BOT_WALL_PAUSE_MS, type BotWall } from '../obey-robots/bot-wall.ts';
import type { RobotsRefusal } from '../obey-robots/robots-refusal.ts';
import type { DuePollWithSitemaps } from '../work-turns/work-turn.handler.ts';
import { addressAfterFailure, decideSearch, type FeedSearch, keepsListing } from './feed-search.ts';
import type { PollMemory } from './poll-memory.ts';

/** What came of a poll, before the decision about the next one. */
export interface PollFinding {
  /** Null where the search for the feed goes on at once. */
  readonly outcome: PollOutcome | null;
  readonly result:
    | {
        readonly kind: 'succeeded';
        readonly etag: string | null;
        readonly lastModified: string | null;
        readonly bodyHash: string | null;
        readonly newItems: number;
      }
    | { readonly kind: 'failed'; readonly code: string; readonly detail: string };
  readonly nextUrl: string;
  readonly memory: PollMemory;
}

export type PollTrouble = FetchFailed | FetchRefused | RobotsRefusal | BotWall;

const TOO_MANY_REQUESTS = 429;
const GONE = new Set([404, 410]);

function searchOf(poll: DuePollWithSitemaps, memory: PollMemory): FeedSearch {
  const { url, ownerUrl, sitemaps, consecutiveFailures } = poll;
  return { url, ownerUrl, sitemaps, memory, consecutiveFailures };
}

/** No feed is there: goes on with the search for it, or says so. */
export function findNoFeed(
  poll: DuePollWithSitemaps,
  memory: PollMemory,
  found: {
    readonly feedUrls: readonly string[] | null;
    readonly code: string;
    readonly detail: string;
  },
): PollFinding {
  const search = searchOf(poll, memory);
  const decision = decideSearch(search, found.feedUrls);
  if (decision.kind === 'try') {
    const { url, candidates } = decision;
    return {
      outcome: null,
      result: { kind: 'failed', code: 'LOOKING_FOR_FEED', detail: `trying ${url}` },
      nextUrl: url,
      memory: { ...memory, isSearching: true, candidates: [...candidates] },
    };
  }
  const { hasSearched } = decision;
  if (hasSearched && !memory.isListing) return readAsListing(poll, memory);
  return {
    outcome: { kind: 'failed', isThrottled: false, retryAfterMs: 0 },
    result: hasSearched
      ? {
          kind: 'failed',
          code: 'NO_FEED_FOUND',
          detail: 'neither a feed nor links to articles were found',
        }
      : { kind: 'failed', code: found.code, detail: found.detail },
    nextUrl: hasSearched ? poll.ownerUrl : addressAfterFailure(search),
    memory: { ...memory, isSearching: false, isListing: keepsListing(search), candidates: [] },
  };
}

const NOTHING_SELECTED = {
  code: 'SELECTOR_MATCHES_NOTHING',
  detail: 'the selector names no link of the page',
};

/** The page is there, but its owner's selector leads to nothing. */
export function findNothingSelected(
  poll: DuePollWithSitemaps,
  memory: PollMemory,
  fault: SelectorFault | null,
): PollFinding {
  return {
    outcome: { kind: 'failed', isThrottled: false, retryAfterMs: 0 },
    result: { kind: 'failed', ...(fault ?? NOTHING_SELECTED) },
    nextUrl: poll.url,
    memory,
  };
}

/** No feed anywhere: the articles that the page itself lists will do. */
function readAsListing(poll: DuePollWithSitemaps, memory: PollMemory): PollFinding {
  return {
    outcome: null,
    result: { kind: 'failed', code: 'LOOKING_FOR_FEED', detail: 'reading the links of the page' },
    nextUrl: poll.ownerUrl,
    memory: { ...memory, isSearching: false, isListing: true, candidates: [] },
  };
}

function isFinal(trouble: PollTrouble): boolean {
  return trouble.kind === 'refused' || trouble.retry === 'never';
}

function failureOf(trouble: PollTrouble, nowMs: number): Extract<PollOutcome, { kind: 'failed' }> {
  if (trouble.kind === 'bot-wall') {
    return { kind: 'failed', isThrottled: true, retryAfterMs: BOT_WALL_PAUSE_MS };
  }
  const status = trouble.kind === 'failed' ? trouble.status : null;
  return {
    kind: 'failed',
    isThrottled: status === TOO_MANY_REQUESTS,
    isGone: status !== null && GONE.has(status),
    retryAfterMs: trouble.kind === 'failed' ? readRetryAfter(trouble.headers, nowMs) : 0,
  };
}

export function findTrouble(
  poll: DuePollWithSitemaps,
  memory: PollMemory,
  trouble: PollTrouble,
  nowMs: number,
): PollFinding {
  const { code, detail } = trouble;
  if (memory.isSearching && isFinal(trouble)) {
    return findNoFeed(poll, memory, { feedUrls: null, code, detail });
  }
  return {
    outcome: failureOf(trouble, nowMs),
    result: { kind: 'failed', code, detail },
    nextUrl: addressAfterFailure(searchOf(poll, memory)),
    memory,
  };
}

function skippedTimes({ schedule }: PollMemory): SkippedTimes {
  return { hours: schedule.skipHours, days: schedule.skipDays };
}

export function validatorsOf({ headers }: FetchedDocument | NotModified): Validators {
  return { etag: headers['etag'] ?? null, lastModified: headers['last-modified'] ?? null };
}

/** 304 need not repeat what it confirms. */
function renewedValidators(before: Validators, answer: NotModified): Validators {
  const { etag, lastModified } = validatorsOf(answer);
  return { etag: etag ?? before.etag, lastModified: lastModified ?? before.lastModified };
}

function saysHowLongItKeeps({ headers }: NotModified): boolean {
  return headers['cache-control'] !== undefined || headers['expires'] !== undefined;
}

/** What the server wants of its own; 304 means what the answer that it confirms has said. */
function keptForMs(
  answer: FetchedDocument | NotModified,
  memory: PollMemory,
  nowMs: number,
): number {
  const isSilent = answer.kind === 'not-modified' && !saysHowLongItKeeps(answer);
  return isSilent ? memory.freshForMs : readFreshness(answer.headers, null, nowMs);
}

/** What server and feed wish, taken together. */
function timingOf(memory: PollMemory, keptMs: number, nowMs: number) {
  const wishedByFeedMs = readFreshness({}, memory.schedule.keepForMinutes, nowMs);
  return { freshForMs: Math.max(keptMs, wishedByFeedMs), skipped: skippedTimes(memory) };
}

/** What an answer that is a feed, read or unchanged, means for the address and the validators. */
export function findSuccess(
  poll: DuePollWithSitemaps,
  memory: PollMemory,
  answer: FetchedDocument | NotModified,
  read: {
    readonly bodyHash: string | null;
    readonly newItems: number;
    /** Items seen and known; null where nothing has changed. */
    readonly items: { readonly seen: number; readonly known: number } | null;
    /** Whether the document is another, but not its items. */
    readonly areItemsSame?: boolean;
    /** Whether the validators denied the news. */
    readonly hasLied?: boolean;
    readonly nowMs: number;
  },
): PollFinding {
  const { redirects } = answer;
  const move = decideMove({ url: poll.url, notice: memory.move }, redirects, read.nowMs);
  const freshForMs = keptForMs(answer, memory, read.nowMs);
  const timing = timingOf(memory, freshForMs, read.nowMs);
  return {
    outcome:
      read.items === null
        ? { kind: 'unchanged', areItemsSame: read.areItemsSame === true, ...timing }
        : { kind: 'items', ...read.items, hasLied: read.hasLied === true, ...timing },
    result: {
      kind: 'succeeded',
      ...(answer.kind === 'fetched' ? validatorsOf(answer) : renewedValidators(poll, answer)),
      bodyHash: read.bodyHash,
      newItems: read.newItems,
    },
    nextUrl: move.kind === 'move' ? move.to : poll.url,
    memory: {
      ...memory,
      isSearching: false,
      freshForMs,
      candidates: [],
      move: move.kind === 'move' ? null : move.notice,
    },
  };
}
