import { expect, it } from 'vitest';
import { type Clock, waitUntil } from './wait-until.ts';

function fakeClock(): Clock {
  let now = 0;
  return {
    nowMs: () => now,
    sleep: (ms) => {
      now += ms;
      return Promise.resolve();
    },
  };
}

it('asks until the answer is yes', async () => {
  let questions = 0;
  const ask = (): Promise<boolean> => Promise.resolve(++questions === 3);
  const waiting = { deadlineMs: 10_000, pauseMs: 500, clock: fakeClock() };
  expect(await waitUntil(ask, waiting)).toBe(true);
  expect(questions).toBe(3);
});

it('asks once even when there is no time', async () => {
  const waiting = { deadlineMs: 0, pauseMs: 500, clock: fakeClock() };
  expect(await waitUntil(() => Promise.resolve(true), waiting)).toBe(true);
});

it('never asks after the deadline', async () => {
  const clock = fakeClock();
  const askedAtMs: number[] = [];
  const ask = (): Promise<boolean> => {
    askedAtMs.push(clock.nowMs());
    return Promise.resolve(false);
  };
  expect(await waitUntil(ask, { deadlineMs: 1_200, pauseMs: 500, clock })).toBe(false);
  expect(askedAtMs).toEqual([0, 500, 1_000]);
});
