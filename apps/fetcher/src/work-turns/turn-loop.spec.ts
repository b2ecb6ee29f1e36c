import type { FetchTurn } from '@broadsheet/persistence';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { duePage, LEASE } from '../testing/fakes.ts';
import { TurnLoop, type TurnLoopSettings } from './turn-loop.ts';

let loop: TurnLoop | undefined;

afterEach(async () => {
  await loop?.stop();
  loop = undefined;
});

class Outage extends Error {
  readonly retry = 'later';
}

function turns(count: number): FetchTurn[] {
  return Array.from({ length: count }, (_, number) => ({
    host: `h${number}.example`,
    leaseUntil: LEASE.leaseUntil,
    redirects: [],
    kind: 'page' as const,
    page: duePage(),
  }));
}

class FakeQueue {
  readonly limits: number[] = [];
  adoptions = 0;
  constructor(
    private readonly waiting: FetchTurn[],
    public failure: Error | null = null,
  ) {}

  adoptSources(): Promise<number> {
    this.adoptions += 1;
    return Promise.resolve(0);
  }

  takeTurns(_now: Date, _leaseUntil: Date, limit: number): Promise<readonly FetchTurn[]> {
    this.limits.push(limit);
    if (this.failure !== null) return Promise.reject(this.failure);
    return Promise.resolve(this.waiting.splice(0, limit));
  }
}

function start(queue: FakeQueue, settings: Partial<TurnLoopSettings>): TurnLoop {
  loop = new TurnLoop(queue, {
    concurrency: 4,
    nowMs: Date.now,
    work: () => Promise.resolve(),
    onTrouble: () => undefined,
    ...settings,
  });
  loop.start();
  return loop;
}

describe('the turn loop', () => {
  it('works every turn, and never more at a time than it may', async () => {
    let inHand = 0;
    let most = 0;
    const done: string[] = [];
    start(new FakeQueue(turns(20)), {
      work: async (turn) => {
        inHand += 1;
        most = Math.max(most, inHand);
        await Promise.resolve();
        inHand -= 1;
        done.push(turn.host);
      },
    });
    await vi.waitFor(() => expect(done).toHaveLength(20), { timeout: 5_000 });
    expect(most).toBeLessThanOrEqual(4);
    expect(new Set(done).size).toBe(20);
  });

  it('finishes what is in hand before it has stopped, and takes nothing more', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const done: string[] = [];
    const queue = new FakeQueue(turns(2));
    start(queue, {
      concurrency: 1,
      work: async (turn) => {
        await gate;
        done.push(turn.host);
      },
    });
    await vi.waitFor(() => expect(queue.limits).toEqual([1]));
    const stopped = loop!.stop();
    expect(done).toEqual([]);
    open();
    await stopped;
    expect(done).toEqual(['h0.example']);
  });

  it('after an outage tries one turn until one succeeds', async () => {
    const queue = new FakeQueue(turns(9));
    const work = vi
      .fn<(turn: FetchTurn) => Promise<void>>()
      .mockRejectedValueOnce(new Outage('the broker is away'))
      .mockResolvedValue();
    const onTrouble = vi.fn();
    start(queue, { work: (turn) => work(turn), onTrouble, concurrency: 4 });
    await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(9), { timeout: 5_000 });
    expect(onTrouble).toHaveBeenCalledTimes(1);
    expect(queue.limits[0]).toBe(4);
  });

  it('survives a store that does not answer', async () => {
    const queue = new FakeQueue(turns(1), new Outage('the database is away'));
    const work = vi.fn().mockResolvedValue(undefined);
    const onTrouble = vi.fn();
    start(queue, { work, onTrouble });
    await vi.waitFor(() => expect(onTrouble).toHaveBeenCalled());
    queue.failure = null;
    await vi.waitFor(() => expect(work).toHaveBeenCalledTimes(1), { timeout: 5_000 });
    expect(queue.limits.at(-1)).toBeGreaterThan(0);
  });

  it('says how long ago it last came round', async () => {
    let nowMs = 1_000_000;
    const queue = new FakeQueue([]);
    const started = start(queue, { nowMs: () => nowMs });
    await vi.waitFor(() => expect(queue.limits).toHaveLength(1));
    nowMs += 5_000;
    expect(started.idleForMs()).toBe(5_000);
  });
});
