import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordPlacement } from '../log.port.ts';
import { type Delivery, type QueuedRecord, fail, place, takeRequest } from './send-queue.ts';

const LIMITS = { maxRecords: 5, maxBytes: 100, maxBatchBytesOf: () => 60, isHeld: () => false };

function delivery(count: number) {
  const outcome: { placements?: readonly RecordPlacement[]; error?: Error } = {};
  const made: Delivery = {
    placements: [],
    unplaced: count,
    isSettled: false,
    resolve: (placements) => (outcome.placements = placements),
    reject: (error) => (outcome.error = error),
  };
  return { made, outcome };
}

function queued(of: Delivery, index: number, topic = 't', bytes = 10): QueuedRecord {
  return { topic, message: { value: null }, bytes, delivery: of, index, isPlaced: false };
}

describe('the queue of a producer', () => {
  it('gives every record once, in order, in requests within the limits', () => {
    const record = fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(fc.array(record, { maxLength: 40 }), (given) => {
        const { made } = delivery(given.length);
        const queue = given.map(([topic, bytes], index) => queued(made, index, topic, bytes));
        const order: number[] = [];
        while (queue.length > 0) {
          const request = takeRequest(queue, LIMITS);
          const sum = (topic?: string) =>
            request
              .filter((one) => topic === undefined || one.topic === topic)
              .reduce((total, { bytes }) => total + bytes, 0);
          expect(request.length).toBeGreaterThan(0);
          expect(request.length).toBeLessThanOrEqual(LIMITS.maxRecords);
          expect(sum()).toBeLessThanOrEqual(LIMITS.maxBytes);
          expect(Math.max(sum('a'), sum('b'))).toBeLessThanOrEqual(60);
          order.push(...request.map(({ index }) => index));
        }
        expect(order).toEqual(given.map((_, index) => index));
      }),
    );
  });

  it('passes by the topics that are held, and keeps their records in order', () => {
    const topics = fc.array(fc.constantFrom('held', 'free'), { maxLength: 30 });
    fc.assert(
      fc.property(topics, (given) => {
        const { made } = delivery(given.length);
        const queue = given.map((topic, index) => queued(made, index, topic));
        const limits = { ...LIMITS, isHeld: (topic: string) => topic === 'held' };
        const indexesOf = (topic: string) =>
          given.flatMap((one, index) => (one === topic ? [index] : []));
        const taken: number[] = [];
        for (;;) {
          const request = takeRequest(queue, limits);
          if (request.length === 0) break;
          taken.push(...request.map(({ index }) => index));
        }
        expect(taken).toEqual(indexesOf('free'));
        expect(queue.map(({ index }) => index)).toEqual(indexesOf('held'));
      }),
    );
  });

  it('drops what nobody waits for any more', () => {
    const { made: late } = delivery(2);
    const { made: waiting } = delivery(1);
    const queue = [queued(late, 0), queued(waiting, 0), queued(late, 1)];
    fail(late, new Error('too late'));
    expect(takeRequest(queue, LIMITS).map((one) => one.delivery)).toEqual([waiting]);
    expect(queue).toEqual([]);
  });

  it('settles a send with its last record, with the places in order', () => {
    const { made, outcome } = delivery(2);
    const places = [1n, 2n].map((offset) => ({ topic: 't', partition: 0, offset }));
    const [first, second] = [queued(made, 0), queued(made, 1)];
    if (places[1] !== undefined) place(second, places[1]);
    expect(outcome.placements).toBeUndefined();
    if (places[0] !== undefined) place(first, places[0]);
    expect(outcome.placements).toEqual(places);
  });

  it('never reports success after a failure, nor the other way round', () => {
    const { made, outcome } = delivery(1);
    fail(made, new Error('too late'));
    place(queued(made, 0), { topic: 't', partition: 0, offset: 1n });
    expect(outcome.placements).toBeUndefined();
    const other = delivery(1);
    place(queued(other.made, 0), { topic: 't', partition: 0, offset: 1n });
    fail(other.made, new Error('too late'));
    expect(other.outcome.error).toBeUndefined();
  });
});
