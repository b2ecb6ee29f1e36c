import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideAsking, haveLied } from './validator-trust.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.UTC(2026, 0, 15, 12);
const trusted = {
  hasValidators: true,
  wholeAtMs: NOW_MS - 4 * HOUR_MS,
  liedAtMs: null,
  lastItemAtMs: NOW_MS - 4 * HOUR_MS,
  usualGapMs: 2 * HOUR_MS,
};

describe('decideAsking', () => {
  it.each([
    ['trusted', {}],
    ['never-read', { wholeAtMs: null }],
    ['never-read', { wholeAtMs: null, hasValidators: false }],
    ['no-validators', { hasValidators: false }],
    ['daily-check', { wholeAtMs: NOW_MS - DAY_MS }],
    ['news-overdue', { usualGapMs: HOUR_MS / 2 }],
    ['trusted', { usualGapMs: HOUR_MS / 2, wholeAtMs: NOW_MS - HOUR_MS }],
    ['trusted', { usualGapMs: null, lastItemAtMs: 0 }],
    ['trusted', { usualGapMs: HOUR_MS / 2, lastItemAtMs: null }],
    ['validators-lied', { liedAtMs: NOW_MS - 6 * DAY_MS }],
    ['trusted', { liedAtMs: NOW_MS - 7 * DAY_MS }],
  ])('is %s with %j', (reason, parts) => {
    const isConditional = reason === 'trusted';
    expect(decideAsking({ ...trusted, ...parts }, NOW_MS)).toEqual({ isConditional, reason });
  });

  it('asks for the whole document at least once a day, whatever it is told', () => {
    const anyTime = fc.option(fc.oneof(fc.double(), fc.integer()));
    const history = fc.record({
      hasValidators: fc.boolean(),
      wholeAtMs: fc.double({ max: NOW_MS - DAY_MS, noNaN: true }),
      liedAtMs: anyTime,
      lastItemAtMs: anyTime,
      usualGapMs: anyTime,
    });
    fc.assert(
      fc.property(history, (any) => {
        expect(decideAsking(any, NOW_MS).isConditional).toBe(false);
      }),
    );
  });
});

describe('haveLied', () => {
  const one = { etag: '"1"', lastModified: 'Thu, 15 Jan 2026 10:00:00 GMT' };

  it.each([
    ['news under the same ETag', one, { ...one, lastModified: 'later' }, 1, true],
    ['news under the same Last-Modified alone', one, { ...one, etag: null }, 1, true],
    ['no news under the same ones', one, one, 0, false],
    ['news under another ETag', one, { ...one, etag: '"2"' }, 1, false],
    ['news without validators', one, { etag: null, lastModified: null }, 1, false],
    ['news for the first time', { etag: null, lastModified: null }, one, 1, false],
  ])('of %s', (_case, before, after, newItems, expected) => {
    expect(haveLied(before, after, newItems)).toBe(expected);
  });
});
