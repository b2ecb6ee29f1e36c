import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './durations.ts';

/** Header names are lower-case. */
export type HintHeaders = Readonly<Record<string, string>>;

const MAX_AGE = /(?:^|[\s,])(s-maxage|max-age)\s*=\s*"?(\d{1,10})/i;
const NOT_CACHED = /(?:^|[\s,])(?:no-store|no-cache)\b/i;
const WHOLE_SECONDS = /^\d{1,10}$/;
/** A date of HTTP (RFC 9110 §5.6.7); all three forms name a month and end in a zone or a year. */
const HTTP_DATE = /^[A-Za-z]{3,9},? [\d A-Za-z:-]{10,40}$/;
const MAX_HEADER_LENGTH = 500;

function httpDateMs(text: string): number | null {
  if (!HTTP_DATE.test(text)) return null;
  const ms = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(ms) ? null : ms;
}

/**
 * Milliseconds for which a server asks not to be asked again, 0 where it does not say. Seconds and dates
 * are read (RFC 9110 §10.2.3); more than 24 hours counts as 24 hours.
 */
export function readRetryAfter(headers: HintHeaders, nowMs: number): number {
  const value = (headers['retry-after'] ?? '').trim();
  if (value.length > MAX_HEADER_LENGTH) return 0;
  const untilMs = WHOLE_SECONDS.test(value) ? nowMs + Number(value) * SECOND_MS : httpDateMs(value);
  return untilMs === null ? 0 : Math.min(DAY_MS, Math.max(0, untilMs - nowMs));
}

const TOO_MANY_REQUESTS = 429;
const SERVICE_UNAVAILABLE = 503;
const MIN_PAUSE_MS = MINUTE_MS;
/** What was asked for waits as long as the server says; the rest of its host is tried again by then. */
const MAX_HOST_PAUSE_MS = HOUR_MS;

/**
 * Milliseconds for which a whole host has to be left alone after an answer: 429 (RFC 6585 §4) is about the one who
 * asks, and 503 with Retry-After about the server, whatever was asked for. 0 after all others.
 */
export function readHostPause(status: number | null, headers: HintHeaders, nowMs: number): number {
  const retryAfterMs = Math.min(MAX_HOST_PAUSE_MS, readRetryAfter(headers, nowMs));
  if (status === TOO_MANY_REQUESTS) return Math.max(MIN_PAUSE_MS, retryAfterMs);
  return status === SERVICE_UNAVAILABLE ? retryAfterMs : 0;
}

function expiresInMs(headers: HintHeaders, nowMs: number): number {
  const expiresMs = httpDateMs(headers['expires'] ?? '');
  if (expiresMs === null) return 0;
  // The server's own clock measures its own promise; ours may differ.
  return expiresMs - (httpDateMs(headers['date'] ?? '') ?? nowMs);
}

function cachedForMs(headers: HintHeaders, nowMs: number): number {
  const cacheControl = (headers['cache-control'] ?? '').slice(0, MAX_HEADER_LENGTH);
  if (NOT_CACHED.test(cacheControl)) return 0;
  const maxAge = MAX_AGE.exec(cacheControl)?.[2];
  if (maxAge === undefined) return expiresInMs(headers, nowMs);
  // A cache on the way has kept it for a part of that time (RFC 9111 §5.1).
  const age = headers['age']?.trim() ?? '';
  return (Number(maxAge) - (WHOLE_SECONDS.test(age) ? Number(age) : 0)) * SECOND_MS;
}

/**
 * Milliseconds for which the publisher wants its feed not to be asked for again: the longer of what the
 * headers say (Cache-Control, else Expires) and of the feed's own ttl. More than 24 hours counts as 24.
 */
export function readFreshness(
  headers: HintHeaders,
  ttlMinutes: number | null,
  nowMs: number,
): number {
  const longestMs = Math.max(cachedForMs(headers, nowMs), (ttlMinutes ?? 0) * MINUTE_MS, 0);
  return Number.isFinite(longestMs) ? Math.min(DAY_MS, longestMs) : 0;
}
