import { DAY_MS, HOUR_MS, MINUTE_MS } from './durations.ts';
import { afterSkippedTimes, type SkippedTimes } from './skipped-times.ts';

/** What is remembered of a source between polls. */
export interface PollState {
  /** Null before the first poll that succeeded. */
  readonly intervalMs: number | null;
  readonly consecutiveFailures: number;
  /** Usual time between polls with news; null where it is not known yet. */
  readonly usualGapMs?: number | null;
  /** Whether a hub has promised to push what is new. */
  readonly isPushed?: boolean;
}

/** How a poll ended. */
export type PollOutcome =
  | {
      readonly kind: 'items';
      /** Items in the feed, and how many of them were known before. */
      readonly seen: number;
      readonly known: number;
      /** What the publisher asks for, 0 where it asks for nothing. */
      readonly freshForMs: number;
      readonly skipped?: SkippedTimes;
      /** Whether the validators said that nothing had changed. */
      readonly hasLied?: boolean;
    }
  | {
      readonly kind: 'unchanged';
      readonly freshForMs: number;
      readonly skipped?: SkippedTimes;
      /** Whether the document was another, but named the same items. */
      readonly areItemsSame?: boolean;
    }
  | {
      readonly kind: 'failed';
      /** The server says that we ask too often (429). */
      readonly isThrottled: boolean;
      /** The server says that there is nothing (404, 410), or the owner of the host keeps us out. */
      readonly isGone?: boolean;
      /** Retry-After, 0 where the server gave none. */
      readonly retryAfterMs: number;
    };

/** Why the next poll is when it is; stored and shown. */
export type PollReason =
  | 'news-came-fast'
  | 'news-came'
  | 'first-poll'
  | 'validators-lied'
  | 'no-news'
  | 'same-items'
  | 'publisher-asked'
  | 'pushed-by-hub'
  | 'skipped-hours'
  | 'retry-after'
  | 'throttled'
  | 'gone'
  | 'back-off';

export interface PollMoment {
  readonly nowMs: number;
  /** A random number from 0 to 1: polls that began together must not stay together. */
  readonly jitter: number;
}

export interface PollDecision {
  readonly atMs: number;
  readonly reason: PollReason;
  /** The state to remember. */
  readonly intervalMs: number;
  readonly consecutiveFailures: number;
}

const MIN_INTERVAL_MS = 5 * MINUTE_MS;
const MAX_INTERVAL_MS = DAY_MS;
const FIRST_INTERVAL_MS = 15 * MINUTE_MS;
/** Between polls that only make sure that a hub keeps its promise. */
const PUSHED_INTERVAL_MS = 6 * HOUR_MS;
/** The most that a publisher's wish can delay the next poll. */
const MAX_FLOOR_MS = DAY_MS;
const FIRST_BACK_OFF_MS = 5 * MINUTE_MS;
const MAX_BACK_OFF_MS = 7 * DAY_MS;
/** Rate limiting means "slower for now", not "this feed is broken". */
const MAX_THROTTLED_BACK_OFF_MS = 6 * HOUR_MS;
/** Beyond this power of two every back-off is at its limit. */
const MAX_DOUBLINGS = 12;
/** Servers say 404 for hours about feeds that come back; from here on it is believed. */
const GONE_AFTER_FAILURES = 4;
const MIN_GONE_BACK_OFF_MS = DAY_MS;
const MAX_FAILURES_COUNTED = 1_000_000;

const FEW_KNOWN = 0.33;
const SPREAD = 0.1;

type Adaptation = readonly [factor: number, reason: PollReason];
/**
 * Chosen so that two polls in five bring news: a source is asked a little more often than it publishes. Going
 * by the share of known items alone settles where a third of the feed is new, hours late for most sources.
 */
const ADAPTATION = {
  first: [1, 'first-poll'],
  faster: [0.5, 'news-came-fast'],
  sooner: [0.7, 'news-came'],
  /** Found late: the validators hid it. */
  denied: [0.5, 'validators-lied'],
  idle: [1.25, 'no-news'],
  same: [1.25, 'same-items'],
} as const satisfies Record<string, Adaptation>;

function within(low: number, value: number, high: number): number {
  // A number that is none (hostile headers, a broken row) becomes the lower bound.
  return Math.min(high, Math.max(low, Number.isFinite(value) ? value : low));
}

function adaptationFor(
  state: PollState,
  outcome: Exclude<PollOutcome, { kind: 'failed' }>,
): Adaptation {
  // The first poll says nothing about pace: everything in the feed is new then.
  if (state.intervalMs === null) return ADAPTATION.first;
  if (outcome.kind === 'unchanged') return outcome.areItemsSame ? ADAPTATION.same : ADAPTATION.idle;
  if (outcome.known >= outcome.seen) return ADAPTATION.idle;
  if (outcome.hasLied) return ADAPTATION.denied;
  return outcome.known / outcome.seen < FEW_KNOWN ? ADAPTATION.faster : ADAPTATION.sooner;
}

/** A quiet night must not make a busy source slow in the morning. */
function longestInterval({ usualGapMs }: PollState): number {
  return within(FIRST_INTERVAL_MS, usualGapMs ?? MAX_INTERVAL_MS, MAX_INTERVAL_MS);
}

function decideAfterSuccess(
  state: PollState,
  outcome: Exclude<PollOutcome, { kind: 'failed' }>,
  moment: PollMoment,
): PollDecision {
  const [factor, reason] = adaptationFor(state, outcome);
  const before = state.intervalMs ?? FIRST_INTERVAL_MS;
  const intervalMs = Math.round(within(MIN_INTERVAL_MS, before * factor, longestInterval(state)));
  const floorMs = within(0, outcome.freshForMs, MAX_FLOOR_MS);
  // A hub that pushed everything leaves nothing new to be found.
  const isPushed = state.isPushed === true && (reason === 'no-news' || reason === 'same-items');
  const ownMs = isPushed ? Math.max(PUSHED_INTERVAL_MS, intervalMs) : intervalMs;
  const delayMs = Math.max(ownMs, floorMs);
  const plannedMs = laterBy(delayMs * (1 + SPREAD * within(0, moment.jitter, 1)), moment);
  const atMs = outcome.skipped ? afterSkippedTimes(plannedMs, outcome.skipped) : plannedMs;
  const ownReason = isPushed ? 'pushed-by-hub' : reason;
  const askedReason = floorMs > ownMs ? 'publisher-asked' : ownReason;
  return {
    atMs,
    reason: atMs > plannedMs ? 'skipped-hours' : askedReason,
    intervalMs,
    consecutiveFailures: 0,
  };
}

function decideAfterFailure(
  state: PollState,
  outcome: Extract<PollOutcome, { kind: 'failed' }>,
  moment: PollMoment,
): PollDecision {
  const failures = Math.trunc(within(0, state.consecutiveFailures, MAX_FAILURES_COUNTED)) + 1;
  const highestMs = outcome.isThrottled ? MAX_THROTTLED_BACK_OFF_MS : MAX_BACK_OFF_MS;
  const doubledMs = FIRST_BACK_OFF_MS * 2 ** Math.min(failures - 1, MAX_DOUBLINGS);
  // Between the half and the whole: sources that failed together come back apart.
  const jitteredMs = (Math.min(highestMs, doubledMs) / 2) * (1 + within(0, moment.jitter, 1));
  const isGone = outcome.isGone === true && failures >= GONE_AFTER_FAILURES;
  const backOffMs = isGone ? Math.max(MIN_GONE_BACK_OFF_MS, jitteredMs) : jitteredMs;
  const askedMs = within(0, outcome.retryAfterMs, MAX_FLOOR_MS);
  // Whoever was told the same time by the same server comes back after it, but not together.
  const floorMs = Math.min(MAX_FLOOR_MS, askedMs * (1 + SPREAD * within(0, moment.jitter, 1)));
  const reason = failureReason(outcome.isThrottled, isGone);
  return {
    atMs: laterBy(Math.max(backOffMs, floorMs), moment),
    reason: floorMs > backOffMs ? 'retry-after' : reason,
    intervalMs: within(MIN_INTERVAL_MS, state.intervalMs ?? FIRST_INTERVAL_MS, MAX_INTERVAL_MS),
    consecutiveFailures: failures,
  };
}

function failureReason(isThrottled: boolean, isGone: boolean): PollReason {
  if (isThrottled) return 'throttled';
  return isGone ? 'gone' : 'back-off';
}

function laterBy(delayMs: number, moment: PollMoment): number {
  return moment.nowMs + Math.round(delayMs);
}

/**
 * When a source is polled next, and why. Between 5 minutes and 24 hours while it works, by whether
 * polls bring news and by the rhythm of the source; never before the publisher's own wish; up to 7 days (6 hours where the server
 * only asks for patience) while it fails. No source is ever given up.
 */
export function decideNextPoll(
  state: PollState,
  outcome: PollOutcome,
  moment: PollMoment,
): PollDecision {
  return outcome.kind === 'failed'
    ? decideAfterFailure(state, outcome, moment)
    : decideAfterSuccess(state, outcome, moment);
}
