import { describe, expect, it } from 'vitest';
import { TopicHolds } from './topic-holds.ts';

describe('a topic that the broker does not know', () => {
  it('is held for longer each time, up to ten seconds', () => {
    const holds = new TopicHolds();
    const lengths = Array.from({ length: 7 }, () => {
      holds.hold('missing', 0);
      return holds.nextTryMs(new Set(['missing', 'other']), 0);
    });
    expect(lengths).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    expect(holds.isHeld('missing', 9_999)).toBe(true);
    expect(holds.isHeld('missing', 10_000)).toBe(false);
    expect(holds.isHeld('other', 0)).toBe(false);
    expect(holds.nextTryMs(new Set(['other']), 0)).toBeNull();
  });

  it('is like any other once it has taken a record', () => {
    const holds = new TopicHolds();
    holds.hold('late', 0);
    holds.hold('late', 0);
    holds.release('late');
    expect(holds.isHeld('late', 1)).toBe(false);
    holds.hold('late', 0);
    expect(holds.nextTryMs(new Set(['late']), 0)).toBe(500);
  });
});
