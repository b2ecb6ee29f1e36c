import { expect, it, vi } from 'vitest';
import { NOW_MS } from '../testing/fakes.ts';
import { Housekeeping } from './housekeeping.ts';

const DAY_MS = 86_400_000;

it('forgets what is older than half a year, batch by batch, survives trouble, and stops', async () => {
  const befores: Date[] = [];
  const limits: number[] = [];
  const answers = [5_000, 12];
  const store = {
    prune: (before: Date, limit: number) => {
      befores.push(before);
      limits.push(limit);
      const answer = answers.shift();
      return answer === undefined ? Promise.reject(new Error('away')) : Promise.resolve(answer);
    },
  };
  const onTrouble = vi.fn();
  const first = new Housekeeping(store, { nowMs: () => NOW_MS, onTrouble });
  first.start();
  await vi.waitFor(() => expect(limits).toEqual([5_000, 5_000]));
  await first.stop();
  expect(befores[0]).toEqual(new Date(NOW_MS - 180 * DAY_MS));
  expect(onTrouble).not.toHaveBeenCalled();

  const second = new Housekeeping(store, { nowMs: () => NOW_MS, onTrouble });
  second.start();
  await vi.waitFor(() => expect(onTrouble).toHaveBeenCalledTimes(1));
  await second.stop();
  expect(limits).toHaveLength(3);
});
