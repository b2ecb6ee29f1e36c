import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRecheck } from './recheck.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 0, 15);

describe('decideRecheck', () => {
  it('looks again after 1, 6, 24 and 72 hours, and then never', () => {
    const age = { foundAtMs: NOW_MS, publishedAtMs: null };
    const checks: number[] = [];
    let at: number | null = NOW_MS;
    while (at !== null) {
      at = decideRecheck(age, at);
      if (at !== null) checks.push((at - NOW_MS) / HOUR_MS);
    }
    expect(checks).toEqual([1, 6, 24, 72]);
  });

  it('does not come back to an article that was old when it was found', () => {
    const age = { foundAtMs: NOW_MS, publishedAtMs: NOW_MS - 80 * HOUR_MS };
    expect(decideRecheck(age, NOW_MS)).toBeNull();
  });

  it('does not believe in publication in the future', () => {
    const age = { foundAtMs: NOW_MS, publishedAtMs: NOW_MS + 1_000 * HOUR_MS };
    expect(decideRecheck(age, NOW_MS)).toBe(NOW_MS + HOUR_MS);
  });

  it('always lies ahead, and at most three days after the finding', () => {
    const times = [fc.nat(), fc.option(fc.integer()), fc.nat()] as const;
    fc.assert(
      fc.property(...times, (foundAtMs, publishedAtMs, nowMs) => {
        const at = decideRecheck({ foundAtMs, publishedAtMs }, nowMs);
        if (at === null) return;
        expect(at).toBeGreaterThan(nowMs);
        expect(at).toBeLessThanOrEqual(foundAtMs + 72 * HOUR_MS);
      }),
    );
  });
});
