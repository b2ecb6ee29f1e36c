import { expect, it, vi } from 'vitest';
import { NOW_MS } from '../testing/fakes.ts';
import { forgetPagesWork } from './forget-pages.work.ts';

const DAY_MS = 86_400_000;
const { signal } = new AbortController();

it('forgets what is older than half a year, and goes on at once while there is more', async () => {
  const prune = vi.fn<(before: Date, limit: number) => Promise<number>>();
  const work = forgetPagesWork({ prune }, () => NOW_MS);
  prune.mockResolvedValueOnce(5_000).mockResolvedValueOnce(12);
  expect(await work.run(signal)).toBe(0);
  expect(await work.run(signal)).toBeGreaterThan(60_000);
  const before = new Date(NOW_MS - 180 * DAY_MS);
  expect(prune.mock.calls).toEqual([
    [before, 5_000],
    [before, 5_000],
  ]);
});
