import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRobots, pauseBetweenRequests } from './robots-verdict.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 0, 15);

describe('decideRobots', () => {
  it.each([
    [200, 'rules'],
    [404, 'allow-all'],
    [410, 'allow-all'],
    [403, 'allow-all'],
    [401, 'allow-all'],
    [429, 'disallow-all'],
    [500, 'disallow-all'],
    [503, 'disallow-all'],
    [null, 'disallow-all'],
  ] as const)('makes of the answer %s: %s', (status, verdict) => {
    expect(decideRobots(null, status, NOW_MS).verdict).toBe(verdict);
  });

  it('keeps what it was told for 24 hours', () => {
    expect(decideRobots(null, 200, NOW_MS).expiresAtMs).toBe(NOW_MS + DAY_MS);
    expect(decideRobots(null, 404, NOW_MS).expiresAtMs).toBe(NOW_MS + DAY_MS);
  });

  it('believes after 30 days without an answer that there is no file', () => {
    const since = (days: number) => ({
      verdict: 'disallow-all' as const,
      expiresAtMs: NOW_MS,
      unreachableSinceMs: NOW_MS - days * DAY_MS,
    });
    expect(decideRobots(since(29), 503, NOW_MS).verdict).toBe('disallow-all');
    expect(decideRobots(since(30), 503, NOW_MS).verdict).toBe('allow-all');
    expect(decideRobots(since(30), 200, NOW_MS).unreachableSinceMs).toBeNull();
  });

  it('asks again between 5 minutes and 24 hours later, whatever happened before', () => {
    const anyRecord = fc.record({
      verdict: fc.constantFrom('rules' as const, 'allow-all' as const, 'disallow-all' as const),
      expiresAtMs: fc.integer(),
      unreachableSinceMs: fc.option(fc.maxSafeInteger()),
    });
    fc.assert(
      fc.property(fc.option(anyRecord), fc.option(fc.nat(999)), (before, status) => {
        const delayMs = decideRobots(before, status, NOW_MS).expiresAtMs - NOW_MS;
        expect(delayMs).toBeGreaterThanOrEqual(300_000);
        expect(delayMs).toBeLessThanOrEqual(DAY_MS);
      }),
    );
  });
});

describe('the pause between two requests', () => {
  it('is the longer of the two wishes, and a crawl-delay counts for at most a minute', () => {
    expect(pauseBetweenRequests(5_000, null)).toBe(5_000);
    expect(pauseBetweenRequests(5_000, 2)).toBe(5_000);
    expect(pauseBetweenRequests(5_000, 20)).toBe(20_000);
    expect(pauseBetweenRequests(5_000, 99_999_999)).toBe(60_000);
  });
});
