import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BytesInHand } from './bytes-in-hand.ts';

describe('the bytes of pushes in hand', () => {
  it('are never more than may be, and all come back, whatever the order', () => {
    const step = fc.record({ push: fc.nat(3), bytes: fc.nat(60), ends: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const inHand = new BytesInHand(100);
        const pushes = Array.from({ length: 4 }, () => ({ hold: inHand.hold(), bytes: 0 }));
        for (const { push, bytes, ends } of steps) {
          const one = pushes[push];
          if (one === undefined) continue;
          const sum = pushes.reduce((total, other) => total + other.bytes, 0);
          if (ends) {
            one.hold.release();
            one.bytes = 0;
          } else if (sum + bytes > 100) {
            expect(() => one.hold.add(bytes)).toThrow(
              expect.objectContaining({ status: 503, code: 'PUSHES_EXHAUSTED' }),
            );
          } else {
            one.hold.add(bytes);
            one.bytes += bytes;
          }
        }
        for (const { hold } of pushes) {
          hold.release();
          hold.release();
        }
        expect(() => inHand.hold().add(100)).not.toThrow();
      }),
    );
  });
});
