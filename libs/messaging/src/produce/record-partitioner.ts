import type { Message, PartitionerArgs } from 'kafkajs';
import { partitionOfKey } from './murmur2.ts';

/**
 * Chooses the partition of a record once: murmur2 of the key, or the next in turn. A record that is sent
 * again keeps its partition, so that answers and records always match.
 */
export class RecordPartitioner {
  private readonly chosen = new WeakMap<object, number>();
  private turn: number;

  constructor(firstTurn: number) {
    this.turn = firstTurn;
  }

  choose({ partitionMetadata, message }: PartitionerArgs): number {
    const known = this.chosen.get(message);
    if (known !== undefined) return known;
    const partition = this.next(message, partitionMetadata.length);
    this.chosen.set(message, partition);
    return partition;
  }

  /** The partition chosen for a message; undefined before it was first sent. */
  partitionOf(message: Message): number | undefined {
    return this.chosen.get(message);
  }

  private next({ key }: Message, partitions: number): number {
    if (Buffer.isBuffer(key)) return partitionOfKey(key, partitions);
    this.turn = (this.turn + 1) % Number.MAX_SAFE_INTEGER;
    return this.turn % partitions;
  }
}
