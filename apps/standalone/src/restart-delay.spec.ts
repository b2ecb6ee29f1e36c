import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRestart, type RestartState } from './restart-delay.ts';

describe('decideRestart', () => {
  it('doubles the pause while a program keeps dying', () => {
    const delays: number[] = [];
    let state: RestartState = { failures: 0 };
    for (let round = 0; round < 7; round += 1) {
      const decision = decideRestart(state, 100);
      state = decision.state;
      delays.push(decision.delayMs);
    }
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('forgets earlier deaths after a minute of life', () => {
    expect(decideRestart({ failures: 9 }, 60_000)).toEqual({
      state: { failures: 1 },
      delayMs: 1_000,
    });
  });

  it('always pauses between 1 s and 30 s', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (failures, livedMs) => {
        const { delayMs } = decideRestart({ failures }, livedMs);
        expect(delayMs).toBeGreaterThanOrEqual(1_000);
        expect(delayMs).toBeLessThanOrEqual(30_000);
      }),
    );
  });
});
