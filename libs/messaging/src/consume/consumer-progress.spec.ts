import { describe, expect, it } from 'vitest';
import { type ConsumerProgress, consumerLiveness, mergeProgress } from './consumer-progress.ts';
import { ProgressTracker } from './progress-tracker.ts';

const LONG_MS = 3_600_000;

const WORKING: ConsumerProgress = {
  groupId: 'parser',
  state: 'running',
  lastProgressAtMs: 0,
  pausedSinceMs: null,
  lagRecords: 10,
  lagSeconds: 5,
  partitions: [],
};

describe('whether a consumer is alive', () => {
  it('is doubted when there is work and none gets done', () => {
    expect(consumerLiveness(WORKING, 60_000)).toEqual({ isAlive: true });
    expect(consumerLiveness(WORKING, LONG_MS)).toEqual({
      isAlive: false,
      reason: 'consumer parser is 10 records behind and made no progress for 3600 s',
    });
  });

  it('is not doubted when there is nothing to do, or an outage explains it', () => {
    expect(consumerLiveness({ ...WORKING, lagRecords: 0 }, LONG_MS).isAlive).toBe(true);
    expect(consumerLiveness({ ...WORKING, pausedSinceMs: 1 }, LONG_MS).isAlive).toBe(true);
  });

  it('ends with a crash', () => {
    expect(consumerLiveness({ ...WORKING, state: 'crashed' }, 0).isAlive).toBe(false);
  });
});

describe('the progress of several members', () => {
  it('is that of the one that stands still, however fast the others are', () => {
    const stuck = { ...WORKING, lastProgressAtMs: 1_000, lagRecords: 3 };
    const idle = { ...WORKING, lastProgressAtMs: 5, lagRecords: 0 };
    const merged = mergeProgress([idle, { ...WORKING, lastProgressAtMs: LONG_MS }, stuck]);
    expect(merged).toMatchObject({ lastProgressAtMs: 1_000, lagRecords: 13 });
    expect(consumerLiveness(merged, LONG_MS).isAlive).toBe(false);
  });

  it('is only as good as the worst of them', () => {
    const states = ['running', 'paused', 'rebalancing'] as const;
    const members = states.map((state, ms) => ({ ...WORKING, state, pausedSinceMs: ms + 7 }));
    expect(mergeProgress(members)).toMatchObject({ state: 'rebalancing', pausedSinceMs: 7 });
    expect(mergeProgress([{ ...WORKING, state: 'crashed' }, WORKING]).state).toBe('crashed');
  });
});

describe('the progress of a consumer', () => {
  function trackerAt(start: number) {
    const clock = { nowMs: start };
    const states: string[] = [];
    const observer = { onStateChanged: (_: string, state: string) => states.push(state) };
    const tracker = new ProgressTracker('parser', observer, () => clock.nowMs);
    return { clock, states, tracker };
  }

  it('counts an empty topic as progress, so that a quiet night is no standstill', () => {
    const { clock, tracker } = trackerAt(0);
    tracker.onAssigned({ raw: [0] });
    clock.nowMs = LONG_MS;
    tracker.onMeasured([{ topic: 'raw', partition: 0, records: 0, seconds: 0 }]);
    tracker.onMeasured([{ topic: 'raw', partition: 0, records: 1, seconds: 0 }]);
    expect(consumerLiveness(tracker.read(), clock.nowMs + 1_000).isAlive).toBe(true);
    expect(consumerLiveness(tracker.read(), clock.nowMs + LONG_MS).isAlive).toBe(false);
  });

  it('is paused from the first pause until the partition moves again', () => {
    const { clock, states, tracker } = trackerAt(5);
    tracker.onAssigned({ raw: [0, 1] });
    tracker.onPaused('raw', 0);
    clock.nowMs = 9;
    tracker.onPaused('raw', 0);
    tracker.onCommitted('raw', 1, 0, 0);
    expect(tracker.read()).toMatchObject({ state: 'paused', pausedSinceMs: 5 });
    tracker.onCommitted('raw', 0, 3, 4);
    expect(tracker.read()).toMatchObject({ state: 'running', pausedSinceMs: null, lagRecords: 3 });
    expect(states).toEqual(['running', 'paused', 'running']);
  });

  it('ages with the last record that was committed while more are waiting', () => {
    const { clock, tracker } = trackerAt(60_000);
    tracker.onCommitted('raw', 0, 7, 20_000);
    expect(tracker.read().lagSeconds).toBe(40);
    clock.nowMs = 70_000;
    tracker.onCommitted('raw', 0, 0, 20_000);
    expect(tracker.read().lagSeconds).toBe(0);
  });

  it('forgets the partitions that another member has now', () => {
    const { tracker } = trackerAt(0);
    tracker.onAssigned({ raw: [0, 1] });
    tracker.onPaused('raw', 1);
    tracker.onAssigned({ raw: [0] });
    tracker.onMeasured([{ topic: 'raw', partition: 1, records: 50, seconds: 9 }]);
    expect(tracker.read()).toMatchObject({ state: 'running', lagRecords: 0, pausedSinceMs: null });
  });

  it('stays stopped once it has stopped', () => {
    const { tracker } = trackerAt(0);
    tracker.onState('stopped');
    tracker.onCommitted('raw', 0, 0, 0);
    expect(tracker.read().state).toBe('stopped');
  });
});
