import fc from 'fast-check';
import kafkajs, { type PartitionMetadata } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { partitionOfKey } from './murmur2.ts';
import { RecordPartitioner } from './record-partitioner.ts';

function metadata(partitions: number): PartitionMetadata[] {
  return Array.from({ length: partitions }, (_, partitionId) => ({
    partitionErrorCode: 0,
    partitionId,
    leader: 1,
    replicas: [1],
    isr: [1],
  }));
}

describe('the partition of a record', () => {
  it('follows from its key as in kafkajs and Java', () => {
    const theirs = kafkajs.Partitioners.DefaultPartitioner();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.integer({ min: 1, max: 50 }), (bytes, n) => {
        const key = Buffer.from(bytes);
        const partitionMetadata = metadata(n);
        const expected = theirs({ topic: 't', partitionMetadata, message: { key, value: null } });
        expect(partitionOfKey(key, n)).toBe(expected);
      }),
    );
  });

  it('is the next in turn without a key', () => {
    const partitioner = new RecordPartitioner(5);
    const choose = () =>
      partitioner.choose({ topic: 't', partitionMetadata: metadata(3), message: { value: 'x' } });
    expect([choose(), choose(), choose(), choose()]).toEqual([0, 1, 2, 0]);
  });

  it('stays the same when kafkajs asks again for a repeated request', () => {
    const partitioner = new RecordPartitioner(0);
    const message = { value: 'x' };
    const args = { topic: 't', partitionMetadata: metadata(3), message };
    const first = partitioner.choose(args);
    partitioner.choose({ ...args, message: { value: 'y' } });
    expect(partitioner.choose(args)).toBe(first);
    expect(partitioner.partitionOf(message)).toBe(first);
    expect(partitioner.partitionOf({ value: 'never sent' })).toBeUndefined();
  });
});
