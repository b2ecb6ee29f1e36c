import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSilent, observeNews, observePushedNews, type SourceRhythm } from './source-rhythm.ts';

const DAY_MS = 86_400_000;
const UNKNOWN: SourceRhythm = { lastItemAtMs: null, gapMs: null, gapsSeen: 0 };

function after(gaps: readonly number[], observe = observeNews): SourceRhythm {
  let at = 0;
  let rhythm = observe(UNKNOWN, at);
  for (const gap of gaps) {
    at += gap;
    rhythm = observe(rhythm, at);
  }
  return rhythm;
}

describe('the rhythm of a source', () => {
  it('makes four times its usual gap an alarm', () => {
    const weekly = after([7 * DAY_MS, 7 * DAY_MS, 7 * DAY_MS]);
    expect(isSilent(weekly, 21 * DAY_MS + 27 * DAY_MS)).toBe(false);
    expect(isSilent(weekly, 21 * DAY_MS + 29 * DAY_MS)).toBe(true);
  });

  it('lets a busy source have its weekend', () => {
    const busy = after([60_000, 60_000, 60_000, 60_000]);
    expect(isSilent(busy, 240_000 + 2.9 * DAY_MS)).toBe(false);
    expect(isSilent(busy, 240_000 + 3.1 * DAY_MS)).toBe(true);
  });

  it('is not known of a source that has hardly been heard', () => {
    expect(isSilent(UNKNOWN, 1_000 * DAY_MS)).toBe(false);
    expect(isSilent(after([1]), 1_000 * DAY_MS)).toBe(false);
  });

  it('is learnt from pushes alone, a morning of them counting as one', () => {
    const morning = [60_000, 60_000, 60_000];
    const weekly = after(
      Array.from({ length: 6 }, () => [...morning, 7 * DAY_MS - 180_000]).flat(),
      observePushedNews,
    );
    expect(weekly.gapMs).toBe(7 * DAY_MS);
    expect(isSilent(weekly, (weekly.lastItemAtMs ?? 0) + 27 * DAY_MS)).toBe(false);
    expect(isSilent(weekly, (weekly.lastItemAtMs ?? 0) + 29 * DAY_MS)).toBe(true);
  });

  it('is learnt from pushes that never pause', () => {
    const busy = after(Array<number>(100).fill(60_000), observePushedNews);
    expect(busy.gapMs).toBe(15 * 60_000);
    expect(isSilent(busy, 100 * 60_000 + 3.1 * DAY_MS)).toBe(true);
  });

  it.each([observeNews, observePushedNews])('is not moved back by older news', (observe) => {
    const rhythm = after([DAY_MS, DAY_MS]);
    expect(observe(rhythm, DAY_MS)).toEqual(rhythm);
  });

  it('stays between the shortest and the longest gap', () => {
    const gaps = fc.array(fc.integer({ min: 60_000, max: 30 * DAY_MS }), { minLength: 1 });
    fc.assert(
      fc.property(gaps, (list) => {
        const { gapMs } = after(list);
        expect(gapMs).toBeGreaterThanOrEqual(Math.min(...list) - 1);
        expect(gapMs).toBeLessThanOrEqual(Math.max(...list) + 1);
      }),
    );
  });
});
