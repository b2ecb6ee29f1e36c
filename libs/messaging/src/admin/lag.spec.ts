import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureAges } from './lag.ts';

const STEPS = [0, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 86_400];
const NOW_MS = 10 ** 12;

describe('the age of the oldest open record', () => {
  it('is right to the step, for every partition, with few questions', async () => {
    const ages = fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(ages, async (seconds) => {
        let questions = 0;
        // Each partition holds an old committed record at 0 and the open one at 1.
        const offsetsAt = async (timestampMs: number) => {
          questions += 1;
          return new Map(
            seconds.map((age, partition) => [
              partition,
              NOW_MS - age * 1_000 >= timestampMs ? 1n : 2n,
            ]),
          );
        };
        const open = new Map(seconds.map((_, partition) => [partition, 1n]));
        const measured = await measureAges(open, offsetsAt, NOW_MS + 500);
        for (const [partition, age] of seconds.entries()) {
          const expected = STEPS.filter((step) => step <= age).at(-1);
          expect(measured.get(partition)).toBe(expected);
        }
        expect(questions).toBeLessThanOrEqual(13);
      }),
    );
  });

  it('needs no question when nothing is open', async () => {
    const never = () => Promise.reject(new Error('asked'));
    await expect(measureAges(new Map(), never, NOW_MS)).resolves.toEqual(new Map());
  });
});
