import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Query } from '../database/session.ts';
import {
  DateSpreads,
  decideWindow,
  type DateSpread,
  spansOf,
  type WindowProgress,
} from './date-windows.ts';

const dayOf = (n: number) => new Date(Date.UTC(2026, 0, 101 - n)).toISOString();
/** A hundred days with a thousand articles each, the newest first. */
const SPREAD: DateSpread = {
  bounds: Array.from({ length: 101 }, (_, n) => dayOf(n)),
  articlesBetween: 1_000,
};
const START = { before: null, wanted: 1_000, found: 0, looked: 0 };

describe('the next span of dates', () => {
  it('holds four articles for each match that is wanted, at first', () => {
    expect(decideWindow(SPREAD, START)).toEqual({ from: dayOf(4), before: null, looked: 4 });
    expect(decideWindow(SPREAD, { ...START, before: dayOf(10), wanted: 21 })).toEqual({
      from: dayOf(11),
      before: dayOf(10),
      looked: 1,
    });
  });

  it('goes by what was found before', () => {
    const progress = { before: dayOf(4), wanted: 1_000, found: 500, looked: 4 };
    expect(decideWindow(SPREAD, progress)).toEqual({
      from: dayOf(10),
      before: dayOf(4),
      looked: 10,
    });
  });

  it.each([
    ['nothing was found', { before: dayOf(4), wanted: 1_000, found: 0, looked: 4 }],
    ['little was found', { before: dayOf(4), wanted: 1_000, found: 3, looked: 4 }],
    ['all was looked at', { before: dayOf(100), wanted: 10, found: 3, looked: 100 }],
    ['the place is older than all', { before: dayOf(300), wanted: 10, found: 0, looked: 0 }],
  ])('is all the rest where %s', (_name, progress) => {
    expect(decideWindow(SPREAD, progress)).toMatchObject({ from: null, before: progress.before });
  });

  it('is everything where nothing is known of the dates', () => {
    const unknown = { bounds: [], articlesBetween: 0 };
    expect(decideWindow(unknown, START)).toMatchObject({ from: null, before: null });
  });

  it('leads through all dates once, without a gap, in few steps', () => {
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 101 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30_000 }), shares, (wanted, rates) => {
        let progress: WindowProgress = { ...START, wanted };
        let steps = 0;
        for (;;) {
          const window = decideWindow(SPREAD, progress);
          expect(window.before).toBe(progress.before);
          steps += 1;
          if (window.from === null) break;
          expect(progress.before === null || window.from < progress.before).toBe(true);
          const found = progress.found + Math.floor(wanted * (rates[steps] ?? 0));
          progress = { before: window.from, wanted, found, looked: window.looked };
          if (found >= wanted) break;
        }
        expect(steps).toBeLessThanOrEqual(101);
      }),
    );
  });
});

describe('all spans of dates', () => {
  it('hold each time once, the oldest first', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500), { maxLength: 40 }), fc.nat(500), (days, day) => {
        const bounds = days.toSorted((a, b) => a - b).map(dayOf);
        const spans = spansOf({ bounds, articlesBetween: 1_000 });
        const time = dayOf(day);
        const holding = spans.filter(
          ({ from, before }) => (from ?? '') <= time && time < (before ?? '9999'),
        );
        expect(holding).toHaveLength(1);
        const begins = spans.map(({ from }) => from ?? '');
        expect(begins).toEqual(begins.toSorted());
      }),
    );
  });
});

describe('what is known of the dates', () => {
  it('is read once a minute for each column', async () => {
    let now = new Date('2026-03-02T00:00:00Z');
    const asked: unknown[] = [];
    const query: Query = (_text, values) => {
      asked.push(values?.[0]);
      return Promise.resolve([]);
    };
    const spreads = new DateSpreads(() => now);
    await spreads.of(query, 'sort_at');
    await spreads.of(query, 'sort_at');
    await spreads.of(query, 'first_seen_at');
    now = new Date('2026-03-02T00:01:00Z');
    await spreads.of(query, 'sort_at');
    expect(asked).toEqual(['sort_at', 'first_seen_at', 'sort_at']);
  });
});
