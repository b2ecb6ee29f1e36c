import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterSkippedTimes } from './skipped-times.ts';

const HOUR_MS = 3_600_000;
/** A Thursday. */
const NOON_MS = Date.UTC(2026, 0, 15, 12, 20);

describe('afterSkippedTimes', () => {
  it('waits for the end of the hours and days that the publisher excludes', () => {
    const at = (hours: number[], days: number[] = []) =>
      new Date(afterSkippedTimes(NOON_MS, { hours, days })).toISOString();
    expect(at([])).toBe('2026-01-15T12:20:00.000Z');
    expect(at([11])).toBe('2026-01-15T12:20:00.000Z');
    expect(at([12, 13])).toBe('2026-01-15T14:00:00.000Z');
    expect(at([], [4])).toBe('2026-01-16T00:00:00.000Z');
    expect(at([0, 1], [4, 5, 6])).toBe('2026-01-18T02:00:00.000Z');
  });

  it('does not wait for a time that never comes', () => {
    const always = Array.from({ length: 24 }, (_, hour) => hour);
    const daily = [0, 1, 2, 3, 4, 5, 6];
    expect(afterSkippedTimes(NOON_MS, { hours: always, days: [] })).toBe(NOON_MS);
    expect(afterSkippedTimes(NOON_MS, { hours: [], days: daily })).toBe(NOON_MS);
  });

  it('never goes back and never waits longer than three days', () => {
    const hours = fc.array(fc.integer({ min: -3, max: 30 }));
    const days = fc.array(fc.integer({ min: -3, max: 9 }));
    fc.assert(
      fc.property(fc.nat(), hours, days, (seconds, hoursSkipped, daysSkipped) => {
        const at = seconds * 1_000;
        const shifted = afterSkippedTimes(at, { hours: hoursSkipped, days: daysSkipped });
        expect(shifted - at).toBeGreaterThanOrEqual(0);
        expect(shifted - at).toBeLessThanOrEqual(72 * HOUR_MS);
      }),
    );
  });
});
