import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decidePageRetry } from './page-retry.ts';

const NOW_MS = Date.UTC(2026, 0, 15, 12);
const HOUR_MS = 3_600_000;

describe('decidePageRetry', () => {
  it('gives up at once where trying again cannot help', () => {
    const failure = { attempts: 1, retry: 'never', retryAfterMs: 0 } as const;
    expect(decidePageRetry(failure, { nowMs: NOW_MS, jitter: 0 })).toEqual({ kind: 'give-up' });
  });

  it('tries for about a day before it gives up', () => {
    let atMs = NOW_MS;
    for (let attempts = 1; ; attempts += 1) {
      const failure = { attempts, retry: 'later', retryAfterMs: 0 } as const;
      const decision = decidePageRetry(failure, { nowMs: atMs, jitter: 0.5 });
      if (decision.kind === 'give-up') break;
      atMs = decision.atMs;
    }
    expect(atMs - NOW_MS).toBeGreaterThan(12 * HOUR_MS);
    expect(atMs - NOW_MS).toBeLessThan(36 * HOUR_MS);
  });

  it('never tries before the server wants it, nor in the past', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 24 * HOUR_MS }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempts, retryAfterMs, jitter) => {
          const failure = { attempts, retry: 'later', retryAfterMs } as const;
          const decision = decidePageRetry(failure, { nowMs: NOW_MS, jitter });
          expect(decision.kind === 'again' && decision.atMs > NOW_MS + retryAfterMs - 1).toBe(true);
          expect(decision.kind === 'again' && decision.atMs <= NOW_MS + 24 * HOUR_MS).toBe(true);
        },
      ),
    );
  });
});
