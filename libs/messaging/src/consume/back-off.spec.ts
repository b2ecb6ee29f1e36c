import { describe, expect, it } from 'vitest';
import { outageDelayMs, retryDelayMs } from './back-off.ts';

describe('back-off', () => {
  it('doubles from one second to thirty while an outage lasts', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 1_000].map(outageDelayMs);
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('tries a failed chunk again soon', () => {
    expect([1, 2].map(retryDelayMs)).toEqual([250, 500]);
  });
});
