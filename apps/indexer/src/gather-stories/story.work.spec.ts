import { describe, expect, it } from 'vitest';
import { storyWork } from './story.work.ts';

function restAfter(workMs: number, gathered: number): Promise<number> {
  const times = [1_000, 1_000 + workMs];
  const work = storyWork(
    { gather: () => Promise.resolve(gathered) },
    () => times.shift() ?? Number.NaN,
  );
  return work.run(new AbortController().signal);
}

describe('gathering stories', () => {
  it('rests nine times as long as it worked while articles are left', async () => {
    expect(await restAfter(200, 100)).toBe(1_800);
  });

  it('rests ten seconds at most', async () => {
    expect(await restAfter(20_000, 100)).toBe(10_000);
  });

  it('looks twice a second where none are left', async () => {
    expect(await restAfter(3, 0)).toBe(500);
  });
});
