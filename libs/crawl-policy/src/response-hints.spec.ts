import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFreshness, readHostPause, readRetryAfter } from './response-hints.ts';

const NOW_MS = Date.UTC(2026, 0, 15, 12);
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('readRetryAfter', () => {
  it.each([
    ['120', 2 * MINUTE_MS],
    [' 120 ', 2 * MINUTE_MS],
    ['Thu, 15 Jan 2026 12:10:00 GMT', 10 * MINUTE_MS],
    ['Thursday, 15-Jan-26 12:10:00 GMT', 10 * MINUTE_MS],
    ['Thu Jan 15 12:10:00 2026', 10 * MINUTE_MS],
    ['Thu, 15 Jan 2026 11:00:00 GMT', 0],
    ['Thu, 15 Jan 2026 13:10:00 +0100', 10 * MINUTE_MS],
    ['2026-01-15T12:10:00Z', 10 * MINUTE_MS],
    ['120s', 2 * MINUTE_MS],
    ['120, 300', 2 * MINUTE_MS],
    ['9999999999', DAY_MS],
    ['9'.repeat(50), DAY_MS],
    ['-5', 0],
    ['soon', 0],
    ['1.5', 0],
    ['', 0],
  ])('reads %j as %d ms', (value, expected) => {
    expect(readRetryAfter({ 'retry-after': value }, NOW_MS)).toBe(expected);
  });

  it('asks for nothing where the header is missing', () => {
    expect(readRetryAfter({}, NOW_MS)).toBe(0);
  });
});

describe('readHostPause', () => {
  it.each([
    [429, '600', 10 * MINUTE_MS],
    [429, '', MINUTE_MS],
    [429, '5', MINUTE_MS],
    [429, '86400', 60 * MINUTE_MS],
    [503, '600', 10 * MINUTE_MS],
    [503, '', 0],
    [404, '600', 0],
    [null, '600', 0],
  ])('reads %s with Retry-After %j as %d ms', (status, value, expected) => {
    expect(readHostPause(status, { 'retry-after': value }, NOW_MS)).toBe(expected);
  });
});

describe('readFreshness', () => {
  it.each([
    [{ 'cache-control': 'public, max-age=600' }, null, 10 * MINUTE_MS],
    [{ 'cache-control': 'max-age="600"' }, null, 10 * MINUTE_MS],
    [{ 'cache-control': 'max-age=600', age: '540' }, null, MINUTE_MS],
    [{ 'cache-control': 'max-age=600', age: '-540, x' }, null, 10 * MINUTE_MS],
    [{ 'cache-control': 'max-age=60', age: '600' }, null, 0],
    [{ 'cache-control': 'max-age=600, no-cache' }, null, 0],
    [{ 'cache-control': 'no-cache="set-cookie", max-age=600' }, null, 10 * MINUTE_MS],
    [{ 'cache-control': 'private;max-age=600' }, null, 10 * MINUTE_MS],
    [{ 'cache-control': 's-maxage=3600, max-age=60' }, null, MINUTE_MS],
    [{ 'cache-control': 'max-age=60, s-maxage=3600' }, null, MINUTE_MS],
    [{ 'cache-control': 's-maxage=3600' }, null, 60 * MINUTE_MS],
    [{ 'cache-control': 'max-age=31536000, immutable' }, null, DAY_MS],
    [{ 'cache-control': 'no-store', expires: 'Thu, 15 Jan 2026 12:20:00 GMT' }, null, 0],
    [{ 'cache-control': 'stale-while-revalidate=600' }, null, 0],
    [{ 'cache-control': 'x-max-age=600' }, null, 0],
    [{ 'cache-control': 'max-age=99999999999999999999' }, null, DAY_MS],
    [{ 'cache-control': 'max-age=60' }, 30, 30 * MINUTE_MS],
    [{ expires: 'Thu, 15 Jan 2026 12:20:00 GMT' }, null, 20 * MINUTE_MS],
    [{ expires: '0' }, null, 0],
    [{ expires: '-1' }, null, 0],
    [{ expires: 'Thu, 01 Jan 1970 00:00:00 GMT' }, null, 0],
    [{}, 0, 0],
    [
      { expires: 'Fri, 16 Jan 2026 00:20:00 GMT', date: 'Fri, 16 Jan 2026 00:00:00 GMT' },
      null,
      20 * MINUTE_MS,
    ],
    [{}, 1e12, DAY_MS],
    [{}, -5, 0],
    [{}, null, 0],
  ])('reads %j with a ttl of %j as %d ms', (headers, ttlMinutes, expected) => {
    expect(readFreshness(headers, ttlMinutes, NOW_MS)).toBe(expected);
  });

  it('is bounded for any header at all', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.option(fc.double()),
        (cacheControl, expires, ttl) => {
          const freshMs = readFreshness({ 'cache-control': cacheControl, expires }, ttl, NOW_MS);
          expect(freshMs).toBeGreaterThanOrEqual(0);
          expect(freshMs).toBeLessThanOrEqual(DAY_MS);
        },
      ),
    );
  });
});
