import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turnstile } from './turnstile.ts';

describe('a turnstile', () => {
  it('lets no more through than it has places, in order, and goes on after a failure', async () => {
    const turnstile = new Turnstile(2);
    const began: number[] = [];
    let inside = 0;
    let most = 0;
    const work = async (n: number) => {
      began.push(n);
      inside += 1;
      most = Math.max(most, inside);
      await nextTurn();
      inside -= 1;
      if (n % 3 === 0) throw new Error(`no ${n}`);
      return n;
    };
    const works = [1, 2, 3, 4, 5, 6, 7].map((n) => turnstile.pass(() => work(n)));
    const results = await Promise.allSettled(works);
    expect(most).toBe(2);
    expect(began).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(2);
    await expect(turnstile.pass(() => work(8))).resolves.toBe(8);
  });
});
