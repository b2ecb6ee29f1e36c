import { HOUR_MS, MINUTE_MS } from './durations.ts';

export type PageRetry =
  { readonly kind: 'again'; readonly atMs: number } | { readonly kind: 'give-up' };

export interface PageFailure {
  /** Fetches that failed, this one included. */
  readonly attempts: number;
  readonly retry: 'later' | 'never';
  /** Retry-After, 0 where the server gave none. */
  readonly retryAfterMs: number;
}

/** With the delays below the last attempt comes about a day after the first. */
const MAX_ATTEMPTS = 8;
const FIRST_DELAY_MS = MINUTE_MS;
const DELAY_FACTOR = 4;
const MAX_DELAY_MS = 8 * HOUR_MS;
const MAX_RETRY_AFTER_MS = 24 * HOUR_MS;

/** Whether a page that could not be fetched is tried again, and when. */
export function decidePageRetry(
  failure: PageFailure,
  moment: { readonly nowMs: number; readonly jitter: number },
): PageRetry {
  if (failure.retry === 'never' || failure.attempts >= MAX_ATTEMPTS) return { kind: 'give-up' };
  const grownMs = FIRST_DELAY_MS * DELAY_FACTOR ** Math.max(0, failure.attempts - 1);
  const delayMs = (Math.min(MAX_DELAY_MS, grownMs) / 2) * (1 + moment.jitter);
  const floorMs = Math.min(MAX_RETRY_AFTER_MS, failure.retryAfterMs);
  return { kind: 'again', atMs: moment.nowMs + Math.round(Math.max(delayMs, floorMs)) };
}
