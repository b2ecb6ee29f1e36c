import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './durations.ts';

/** What follows from the answer to the request for robots.txt. */
export type RobotsVerdict = 'rules' | 'allow-all' | 'disallow-all';

/** What is known of a host's robots.txt. */
export interface RobotsRecord {
  readonly verdict: RobotsVerdict;
  /** When it must be asked for again. */
  readonly expiresAtMs: number;
  /** Since when it cannot be had; null while it can. */
  readonly unreachableSinceMs: number | null;
}

const CACHED_FOR_MS = DAY_MS;
const FIRST_RETRY_MS = 5 * MINUTE_MS;
const MAX_RETRY_MS = 6 * HOUR_MS;
/** A file that cannot be had for so long counts as one that does not exist (RFC 9309 §2.3.1.4). */
const UNREACHABLE_FOR_MS = 30 * DAY_MS;
const TOO_MANY_REQUESTS = 429;
/** A crawl-delay that would leave a host one request an hour is a mistake or a trap. */
const MAX_CRAWL_DELAY_MS = 60 * SECOND_MS;

/** @param status HTTP status after redirects; null where there was no answer */
export function robotsVerdict(status: number | null): RobotsVerdict {
  if (status === null || status >= 500 || status === TOO_MANY_REQUESTS) return 'disallow-all';
  return status >= 200 && status < 300 ? 'rules' : 'allow-all';
}

/** What is remembered after asking for robots.txt, RFC 9309 §2.3.1. Rules hold for 24 hours (§2.4). */
export function decideRobots(
  before: RobotsRecord | null,
  status: number | null,
  nowMs: number,
): RobotsRecord {
  const verdict = robotsVerdict(status);
  if (verdict !== 'disallow-all') {
    return { verdict, expiresAtMs: nowMs + CACHED_FOR_MS, unreachableSinceMs: null };
  }
  const sinceMs = Math.min(before?.unreachableSinceMs ?? nowMs, nowMs);
  const goneForMs = nowMs - sinceMs;
  // The longer it has been away, the less often it is asked for.
  const retryMs = Math.min(MAX_RETRY_MS, Math.max(FIRST_RETRY_MS, goneForMs));
  return {
    verdict: goneForMs >= UNREACHABLE_FOR_MS ? 'allow-all' : 'disallow-all',
    expiresAtMs: nowMs + retryMs,
    unreachableSinceMs: sinceMs,
  };
}

/** Milliseconds between two requests to a host: the longer of the operator's pause and the host's own wish. */
export function pauseBetweenRequests(hostDelayMs: number, delaySeconds: number | null): number {
  return Math.max(hostDelayMs, Math.min(MAX_CRAWL_DELAY_MS, (delaySeconds ?? 0) * SECOND_MS));
}
