import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FetchedItem, cutChunk } from './chunking.ts';

const LIMITS = { maxRecords: 4, maxBytes: 100 };

function record(offset: bigint, bytes: number): FetchedItem {
  const place = { topic: 't', partition: 0, offset, timestampMs: 0 };
  return { ...place, key: null, value: Buffer.alloc(bytes), headers: new Map() };
}

function unreadable(offset: bigint): FetchedItem {
  const range = { firstOffset: offset, lastOffset: offset + 2n, timestampMs: 0 };
  return { ...range, error: new Error('no') };
}

describe('cutting a batch into chunks', () => {
  it('covers every item once and in order, within the limits', () => {
    const item = fc.oneof(fc.nat({ max: 150 }), fc.constant('unreadable' as const));
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), (kinds) => {
        const items = kinds.map((kind, index) =>
          kind === 'unreadable' ? unreadable(BigInt(index)) : record(BigInt(index), kind),
        );
        const covered: FetchedItem[] = [];
        for (;;) {
          const chunk = cutChunk(items, covered.length, LIMITS);
          if (chunk === null) break;
          if (chunk.kind === 'undecodable') {
            covered.push(chunk.range);
            continue;
          }
          const bytes = chunk.records.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
          expect(chunk.records.length).toBeLessThanOrEqual(LIMITS.maxRecords);
          if (chunk.records.length > 1) expect(bytes).toBeLessThanOrEqual(LIMITS.maxBytes);
          covered.push(...chunk.records);
        }
        expect(covered).toEqual(items);
      }),
    );
  });

  it('lets a record through that alone is larger than a chunk', () => {
    const chunk = cutChunk([record(0n, 500), record(1n, 1)], 0, LIMITS);
    expect(chunk).toMatchObject({ kind: 'records', records: [{ offset: 0n }] });
  });
});
