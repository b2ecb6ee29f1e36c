import { describe, expect, it } from 'vitest';
import { storyWork } from './story.work.ts';

/** The rests after looks that each take a time and find the change log to end somewhere. */
async function restsAfter(
  looks: readonly { readonly workMs: number; readonly count: number; readonly end: bigint }[],
): Promise<number[]> {
  const left = [...looks];
  let clockMs = 1_000;
  const gather = () => {
    const look = left.shift() ?? { workMs: 0, count: 0, end: 0n };
    clockMs += look.workMs;
    return Promise.resolve({ count: look.count, newestPosition: look.count > 0 ? look.end : null });
  };
  const work = storyWork({ gather }, () => clockMs);
  const rests: number[] = [];
  for (let n = 0; n < looks.length; n += 1) {
    rests.push(await work.run(new AbortController().signal));
  }
  return rests;
}

describe('gathering stories', () => {
  it('rests nine times as long as it worked while articles come in numbers', async () => {
    const rests = await restsAfter([
      { workMs: 200, count: 100, end: 500n },
      { workMs: 300, count: 100, end: 530n },
    ]);
    expect(rests).toEqual([1_800, 2_700]);
  });

  it('works half of the time where but few articles come', async () => {
    const rests = await restsAfter([
      { workMs: 200, count: 100, end: 500n },
      { workMs: 200, count: 100, end: 510n },
      { workMs: 150, count: 100, end: 510n },
    ]);
    expect(rests.slice(1)).toEqual([200, 150]);
  });

  it('rests ten seconds at most', async () => {
    expect(await restsAfter([{ workMs: 20_000, count: 100, end: 100n }])).toEqual([10_000]);
  });

  it('looks every two seconds where none are left', async () => {
    expect(await restsAfter([{ workMs: 3, count: 0, end: 0n }])).toEqual([2_000]);
  });
});
