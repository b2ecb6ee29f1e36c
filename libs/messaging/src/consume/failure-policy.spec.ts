import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FailedChunk,
  type Suspicion,
  decideAfterFailure,
  decideAfterSuccess,
  needsProbe,
} from './failure-policy.ts';

function chunk(first: number, records: number, failure: FailedChunk['failure'] = 'error') {
  const firstOffset = BigInt(first);
  return { firstOffset, lastOffset: BigInt(first + records - 1), records, failure };
}

interface Run {
  readonly done: readonly number[];
  readonly deadLettered: readonly number[];
  readonly runs: number;
}

/** Plays the consumer over `total` records, of which the handler cannot take the `poison`. */
function play(total: number, poison: ReadonlySet<number>, failure: FailedChunk['failure']): Run {
  const done: number[] = [];
  const deadLettered: number[] = [];
  let suspicion: Suspicion | null = null;
  let next = 0;
  let runs = 0;
  while (next < total) {
    runs += 1;
    const size: number = Math.min(total - next, 500, suspicion?.bisection?.maxRecords ?? 500);
    const offsets = Array.from({ length: size }, (_, index) => next + index);
    if (offsets.some((offset) => poison.has(offset))) {
      const decision = decideAfterFailure(suspicion, chunk(next, size, failure), true);
      if (decision.kind === 'wait') throw new Error('nothing here is an outage');
      suspicion = decision.suspicion;
      if (decision.kind !== 'dead-letter') continue;
      deadLettered.push(next);
    } else {
      done.push(...offsets);
    }
    suspicion = decideAfterSuccess(suspicion, BigInt(next + size - 1));
    next += size;
  }
  return { done, deadLettered, runs };
}

describe('what follows a failed chunk', () => {
  it.each(['error', 'never'] as const)(
    'dead-letters the poison and nothing else, however it lies (%s)',
    (failure) => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 700 }),
          fc.uniqueArray(fc.nat({ max: 699 }), { maxLength: 8 }),
          (total, offsets) => {
            const poison = new Set(offsets.filter((offset) => offset < total));
            const { done, deadLettered, runs } = play(total, poison, failure);
            expect(deadLettered).toEqual([...poison].toSorted((a, b) => a - b));
            expect(done).toHaveLength(total - poison.size);
            expect(runs).toBeLessThanOrEqual(2 + poison.size * 26);
          },
        ),
      );
    },
  );

  it('tries a chunk three times before it looks for the bad record', () => {
    const first = decideAfterFailure(null, chunk(5, 4), true);
    expect(first).toMatchObject({ kind: 'retry', suspicion: { failures: 1 } });
    const second = decideAfterFailure(suspicionOf(first), chunk(5, 4), true);
    expect(second).toMatchObject({ kind: 'retry', suspicion: { failures: 2 } });
    const third = decideAfterFailure(suspicionOf(second), chunk(5, 4), true);
    expect(third).toMatchObject({
      kind: 'bisect',
      suspicion: { bisection: { maxRecords: 2, untilOffset: 8n } },
    });
  });

  it('looks at once where trying again cannot help', () => {
    expect(decideAfterFailure(null, chunk(5, 4, 'never'), true).kind).toBe('bisect');
    expect(decideAfterFailure(null, chunk(5, 1, 'never'), true).kind).toBe('dead-letter');
  });

  it('forgets the failures of another offset', () => {
    const earlier = { firstOffset: 1n, failures: 2, bisection: null };
    const decision = decideAfterFailure(earlier, chunk(5, 4), true);
    expect(decision).toMatchObject({ kind: 'retry', suspicion: { failures: 1 } });
  });

  it('waits for the end of an outage without holding it against the records', () => {
    const suspicion = { firstOffset: 5n, failures: 2, bisection: null };
    expect(decideAfterFailure(suspicion, chunk(5, 1, 'outage'), true)).toEqual({ kind: 'wait' });
    expect(decideAfterFailure(suspicion, chunk(5, 1), false)).toEqual({ kind: 'wait' });
  });

  it('asks for a probe only where the answer decides', () => {
    const twice = { firstOffset: 5n, failures: 2, bisection: null };
    const bisecting = { ...twice, failures: 0, bisection: { untilOffset: 9n, maxRecords: 2 } };
    expect(needsProbe(null, chunk(5, 4))).toBe(false);
    expect(needsProbe(twice, chunk(5, 4))).toBe(true);
    expect(needsProbe(bisecting, chunk(7, 2))).toBe(true);
    expect(needsProbe(bisecting, chunk(10, 2))).toBe(false);
    expect(needsProbe(twice, chunk(5, 4, 'outage'))).toBe(false);
    expect(needsProbe(twice, chunk(5, 4, 'never'))).toBe(false);
  });
});

function suspicionOf(decision: { readonly kind: string; readonly suspicion?: Suspicion | null }) {
  return decision.suspicion ?? null;
}
