import { parseDate } from '@broadsheet/text';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './durations.ts';

/** Header names are lower-case. */
export type HintHeaders = Readonly<Record<string, string>>;

const MAX_AGE = /(?:^|[\s,;])max-age\s{0,10}=\s{0,10}"?(\d{1,100})/i;
/** Meant for caches on the way; of those that say nothing else it is the best guess. */
const SHARED_MAX_AGE = /(?:^|[\s,;])s-maxage\s{0,10}=\s{0,10}"?(\d{1,100})/i;
/** With a value, no-cache is about single header fields (RFC 9111 §5.2.2.4). */
const NOT_CACHED = /(?:^|[\s,;])(?:no-store|no-cache)(?![\w=-])/i;
const WHOLE_SECONDS = /^\d{1,100}$/;
/** Headers that are sent twice are joined with a comma; some write a unit. */
const RETRY_SECONDS = /^(\d{1,100})\s{0,10}(?:s\b|,|$)/i;
const MAX_HEADER_LENGTH = 500;
const MAX_DATE_LENGTH = 60;

/** Dates of HTTP (RFC 9110 §5.6.7), and others that servers send in their place. */
function dateMs(text: string): number | null {
  const date = text.length > MAX_DATE_LENGTH ? null : parseDate(text);
  return date === null ? null : Date.parse(date.utc);
}

/**
 * Milliseconds for which a server asks not to be asked again, 0 where it does not say. Seconds and dates
 * are read (RFC 9110 §10.2.3); more than 24 hours counts as 24 hours.
 */
export function readRetryAfter(headers: HintHeaders, nowMs: number): number {
  const value = (headers['retry-after'] ?? '').trim();
  if (value.length > MAX_HEADER_LENGTH) return 0;
  const seconds = RETRY_SECONDS.exec(value)?.[1];
  const untilMs = seconds === undefined ? dateMs(value) : nowMs + Number(seconds) * SECOND_MS;
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
  const expiresMs = dateMs(headers['expires'] ?? '');
  if (expiresMs === null) return 0;
  // The server's own clock measures its own promise; ours may differ.
  return expiresMs - (dateMs(headers['date'] ?? '') ?? nowMs);
}

function cachedForMs(headers: HintHeaders, nowMs: number): number {
  const cacheControl = (headers['cache-control'] ?? '').slice(0, MAX_HEADER_LENGTH);
  if (NOT_CACHED.test(cacheControl)) return 0;
  const maxAge = (MAX_AGE.exec(cacheControl) ?? SHARED_MAX_AGE.exec(cacheControl))?.[1];
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
