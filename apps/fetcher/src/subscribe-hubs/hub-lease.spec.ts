import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideLease, decideRequest } from './hub-lease.ts';

const NOW_MS = Date.UTC(2026, 0, 15, 12);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function confirmed(leaseSeconds: number) {
  return decideLease({ kind: 'confirmed', leaseSeconds }, NOW_MS);
}

describe('a lease', () => {
  it('is renewed when a fifth of it is left', () => {
    const untilMs = NOW_MS + 10 * DAY_MS;
    expect(confirmed(864_000)).toEqual({
      kind: 'given',
      untilMs,
      renewAtMs: NOW_MS + 8 * DAY_MS,
    });
  });

  it('lasts an hour at least and a fortnight at most, whatever the hub says', () => {
    expect(confirmed(0)).toMatchObject({ untilMs: NOW_MS + HOUR_MS });
    expect(confirmed(999_999_999)).toMatchObject({ untilMs: NOW_MS + 14 * DAY_MS });
  });

  it('that a hub denies is asked for again after a week', () => {
    const denied = decideLease({ kind: 'denied' }, NOW_MS);
    expect(denied).toEqual({ kind: 'denied', renewAtMs: NOW_MS + 7 * DAY_MS });
  });

  it('is not touched by content', () => {
    expect(decideLease({ kind: 'content' }, NOW_MS)).toEqual({ kind: 'unchanged' });
  });
});

describe('a request', () => {
  it('is repeated less and less often while nothing comes of it, once a week at least', () => {
    const after = (failures: number) => decideRequest(failures, NOW_MS).renewAtMs - NOW_MS;
    expect([after(0), after(1), after(2)]).toEqual([HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS]);
    fc.assert(
      fc.property(fc.nat(), (failures) => {
        expect(after(failures)).toBeLessThanOrEqual(7 * DAY_MS);
        expect(after(failures)).toBeGreaterThanOrEqual(HOUR_MS);
      }),
    );
  });
});
