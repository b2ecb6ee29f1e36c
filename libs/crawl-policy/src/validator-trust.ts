import { DAY_MS, HOUR_MS } from './durations.ts';

/** What is remembered of a source whose server is asked with ETag and Last-Modified. */
export interface ValidatorHistory {
  /** Whether the last answer gave any. */
  readonly hasValidators: boolean;
  /** When the whole document was last read; null before the first time. */
  readonly wholeAtMs: number | null;
  /** When the validators last stayed the same though there was news; null where they never did. */
  readonly liedAtMs: number | null;
  readonly lastItemAtMs: number | null;
  /** Usual time between polls with news; null where it is not known yet. */
  readonly usualGapMs: number | null;
}

type AskingReason =
  'never-read' | 'no-validators' | 'validators-lied' | 'daily-check' | 'news-overdue' | 'trusted';

export interface AskingDecision {
  readonly isConditional: boolean;
  readonly reason: AskingReason;
}

/** Servers are repaired: after this time they are believed again. */
const DISTRUST_MS = 7 * DAY_MS;
/** At most so often is the whole document asked for because news is overdue. */
const MIN_CHECK_MS = 3 * HOUR_MS;
const OVERDUE_AFTER_GAPS = 4;

function isOverdue({ lastItemAtMs, usualGapMs }: ValidatorHistory, nowMs: number): boolean {
  if (lastItemAtMs === null || usualGapMs === null) return false;
  return nowMs - lastItemAtMs > OVERDUE_AFTER_GAPS * usualGapMs;
}

function reasonFor(history: ValidatorHistory, nowMs: number): AskingReason {
  const { wholeAtMs, liedAtMs, hasValidators } = history;
  if (wholeAtMs === null) return 'never-read';
  if (!hasValidators) return 'no-validators';
  if (liedAtMs !== null && nowMs - liedAtMs < DISTRUST_MS) return 'validators-lied';
  const sinceWholeMs = nowMs - wholeAtMs;
  if (sinceWholeMs >= DAY_MS) return 'daily-check';
  return sinceWholeMs >= MIN_CHECK_MS && isOverdue(history, nowMs) ? 'news-overdue' : 'trusted';
}

/**
 * Whether a source is asked for what has changed, or for the whole document. Some servers answer 304 whatever
 * happens: the whole is asked for once a day, sooner where news is overdue, and always for a week after the
 * validators were caught.
 */
export function decideAsking(history: ValidatorHistory, nowMs: number): AskingDecision {
  const reason = reasonFor(history, nowMs);
  return { isConditional: reason === 'trusted', reason };
}

/** ETag and Last-Modified of one answer. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/**
 * Whether the validators of a document that brought news say that it has not changed. With an ETag it alone
 * counts, as it does for the server (RFC 9110 §13.1.3).
 */
export function haveLied(before: Validators, after: Validators, newItems: number): boolean {
  if (newItems === 0) return false;
  return after.etag === null
    ? after.lastModified !== null && after.lastModified === before.lastModified
    : after.etag === before.etag;
}
