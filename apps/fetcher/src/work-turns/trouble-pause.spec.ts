import { describe, expect, it } from 'vitest';
import { TroublePause } from './trouble-pause.ts';

describe('a pause for trouble', () => {
  it('grows with every failed attempt up to 30 s, and failures of one moment count once', () => {
    const pause = new TroublePause();
    const lengths: number[] = [];
    let nowMs = 1_000;
    for (let attempt = 0; attempt < 8; attempt += 1) {
      pause.lengthen(nowMs);
      pause.lengthen(nowMs);
      lengths.push(pause.remainingMs(nowMs));
      nowMs += pause.remainingMs(nowMs);
    }
    expect(lengths).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it('probes from the first failure to the next success', () => {
    const pause = new TroublePause();
    expect(pause.isProbing()).toBe(false);
    pause.lengthen(0);
    expect(pause.remainingMs(600)).toBe(0);
    expect(pause.isProbing()).toBe(true);
    pause.end();
    expect([pause.isProbing(), pause.remainingMs(0)]).toEqual([false, 0]);
  });
});
