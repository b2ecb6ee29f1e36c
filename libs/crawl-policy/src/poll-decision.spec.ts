import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideNextPoll, type PollOutcome, type PollState } from './poll-decision.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 0, 15, 12);
const noJitter = { nowMs: NOW_MS, jitter: 0 };

const hourly: PollState = { intervalMs: HOUR_MS, consecutiveFailures: 0 };

function items(seen: number, known: number, freshForMs = 0) {
  return { kind: 'items', seen, known, freshForMs } as const;
}

function failed(retryAfterMs = 0, isThrottled = false): PollOutcome {
  return { kind: 'failed', retryAfterMs, isThrottled };
}

describe('decideNextPoll', () => {
  it('comes back sooner when most items are new', () => {
    const decision = decideNextPoll(hourly, items(10, 2), noJitter);
    expect(decision).toMatchObject({ atMs: NOW_MS + HOUR_MS / 2, reason: 'news-came-fast' });
  });

  it('comes back a little sooner when anything is new', () => {
    const expected = { atMs: NOW_MS + 0.7 * HOUR_MS, reason: 'news-came' };
    expect(decideNextPoll(hourly, items(10, 9), noJitter)).toMatchObject(expected);
    expect(decideNextPoll(hourly, items(10, 4), noJitter)).toMatchObject(expected);
  });

  it('comes back later when nothing is new, whether 304 or the same items', () => {
    const expected = { atMs: NOW_MS + 1.25 * HOUR_MS, reason: 'no-news' };
    expect(decideNextPoll(hourly, items(10, 10), noJitter)).toMatchObject(expected);
    expect(decideNextPoll(hourly, { kind: 'unchanged', freshForMs: 0 }, noJitter)).toMatchObject(
      expected,
    );
    expect(decideNextPoll(hourly, items(0, 0), noJitter)).toMatchObject(expected);
  });

  it('says why there was no news, or where it had been', () => {
    const same = { kind: 'unchanged', freshForMs: 0, areItemsSame: true } as const;
    const expected = { atMs: NOW_MS + 1.25 * HOUR_MS, reason: 'same-items' };
    expect(decideNextPoll(hourly, same, noJitter)).toMatchObject(expected);
    const denied = { ...items(10, 9), hasLied: true };
    const sooner = { atMs: NOW_MS + HOUR_MS / 2, reason: 'validators-lied' };
    expect(decideNextPoll(hourly, denied, noJitter)).toMatchObject(sooner);
  });

  it('never waits longer than a source is usually quiet, however long it has been', () => {
    const quiet = { kind: 'unchanged', freshForMs: 0 } as const;
    const after = (usualGapMs: number) =>
      decideNextPoll({ ...hourly, usualGapMs }, quiet, noJitter).atMs - NOW_MS;
    expect(after(66 * MINUTE_MS)).toBe(66 * MINUTE_MS);
    expect(after(9 * HOUR_MS)).toBe(1.25 * HOUR_MS);
    expect(after(MINUTE_MS)).toBe(15 * MINUTE_MS);
  });

  it('leaves the news to a hub, until a poll finds some that were not pushed', () => {
    const pushed = { ...hourly, isPushed: true };
    expect(decideNextPoll(pushed, items(10, 10), noJitter)).toMatchObject({
      atMs: NOW_MS + 6 * HOUR_MS,
      reason: 'pushed-by-hub',
    });
    expect(decideNextPoll(pushed, items(10, 9), noJitter)).toMatchObject({
      atMs: NOW_MS + 0.7 * HOUR_MS,
      reason: 'news-came',
    });
  });

  it('does not take the first poll, where all is new, for a fast source', () => {
    const fresh = { intervalMs: null, consecutiveFailures: 0 };
    expect(decideNextPoll(fresh, items(30, 0), noJitter)).toMatchObject({
      atMs: NOW_MS + 15 * MINUTE_MS,
      reason: 'first-poll',
    });
  });

  it('waits as long as the publisher asks, but never longer than a day', () => {
    expect(decideNextPoll(hourly, items(10, 0, 3 * HOUR_MS), noJitter)).toMatchObject({
      atMs: NOW_MS + 3 * HOUR_MS,
      reason: 'publisher-asked',
    });
    expect(decideNextPoll(hourly, items(10, 0, 365 * DAY_MS), noJitter).atMs).toBe(NOW_MS + DAY_MS);
  });

  it('doubles the delay with every failure, up to seven days, and forgets it after a success', () => {
    let state: PollState = hourly;
    const delays: number[] = [];
    for (let failure = 0; failure < 14; failure += 1) {
      const decision = decideNextPoll(state, failed(), { nowMs: NOW_MS, jitter: 1 });
      delays.push(decision.atMs - NOW_MS);
      state = decision;
    }
    expect(delays.slice(0, 3)).toEqual([5 * MINUTE_MS, 10 * MINUTE_MS, 20 * MINUTE_MS]);
    expect(delays.at(-1)).toBe(7 * DAY_MS);
    expect(decideNextPoll(state, items(4, 2), noJitter)).toMatchObject({
      atMs: NOW_MS + 0.7 * HOUR_MS,
      consecutiveFailures: 0,
    });
  });

  it('waits at most six hours where the server only asks for patience', () => {
    const tired = { intervalMs: HOUR_MS, consecutiveFailures: 40 };
    const decision = decideNextPoll(tired, failed(0, true), { nowMs: NOW_MS, jitter: 1 });
    expect(decision).toMatchObject({ atMs: NOW_MS + 6 * HOUR_MS, reason: 'throttled' });
  });

  it('takes Retry-After for a floor', () => {
    expect(decideNextPoll(hourly, failed(2 * HOUR_MS, true), noJitter)).toMatchObject({
      atMs: NOW_MS + 2 * HOUR_MS,
      reason: 'retry-after',
    });
    const after = (hours: number) =>
      decideNextPoll(hourly, failed(hours * HOUR_MS), { nowMs: NOW_MS, jitter: 1 }).atMs - NOW_MS;
    expect(after(2)).toBe(132 * MINUTE_MS);
    expect(after(24)).toBe(DAY_MS);
  });

  it('believes that a feed is gone after the fourth time, and looks daily at the most from then on', () => {
    const gone = { kind: 'failed', isThrottled: false, isGone: true, retryAfterMs: 0 } as const;
    const after = (consecutiveFailures: number) =>
      decideNextPoll({ intervalMs: HOUR_MS, consecutiveFailures }, gone, noJitter);
    expect(after(2)).toMatchObject({ reason: 'back-off', atMs: NOW_MS + 10 * MINUTE_MS });
    expect(after(3)).toMatchObject({ reason: 'gone', atMs: NOW_MS + DAY_MS });
    expect(after(40).atMs - NOW_MS).toBeLessThanOrEqual(7 * DAY_MS);
  });

  it('stays away in the hours that the publisher excludes', () => {
    const skipped = { hours: [13, 14], days: [] };
    const decision = decideNextPoll(hourly, { ...items(10, 10), skipped }, noJitter);
    expect(decision).toMatchObject({ atMs: NOW_MS + 3 * HOUR_MS, reason: 'skipped-hours' });
  });

  it('is total, never in the past, and bounded, whatever it is told', () => {
    const anyNumber = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.constantFrom(Infinity, -Infinity, NaN),
    );
    const anyState = fc.record({
      intervalMs: fc.option(anyNumber),
      consecutiveFailures: anyNumber,
      usualGapMs: fc.option(anyNumber),
    });
    const anyOutcome = fc.oneof<fc.Arbitrary<PollOutcome>[]>(
      fc.record({
        kind: fc.constant('items' as const),
        seen: anyNumber,
        known: anyNumber,
        freshForMs: anyNumber,
      }),
      fc.record({ kind: fc.constant('unchanged' as const), freshForMs: anyNumber }),
      fc.record({
        kind: fc.constant('failed' as const),
        isThrottled: fc.boolean(),
        retryAfterMs: anyNumber,
      }),
    );
    fc.assert(
      fc.property(anyState, anyOutcome, fc.double({ min: 0, max: 1 }), (state, outcome, jitter) => {
        const decision = decideNextPoll(state, outcome, { nowMs: NOW_MS, jitter });
        expect(decision.atMs).toBeGreaterThanOrEqual(NOW_MS + 2.5 * MINUTE_MS);
        expect(decision.atMs).toBeLessThanOrEqual(NOW_MS + 7 * DAY_MS);
        expect(decision.intervalMs).toBeGreaterThanOrEqual(5 * MINUTE_MS);
        expect(decision.intervalMs).toBeLessThanOrEqual(DAY_MS);
        expect(Number.isSafeInteger(decision.consecutiveFailures)).toBe(true);
      }),
    );
  });
});
