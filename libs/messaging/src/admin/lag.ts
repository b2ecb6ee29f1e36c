/** How far a group is behind on one partition. */
export interface PartitionLag {
  readonly topic: string;
  readonly partition: number;
  readonly records: number;
  /** Age of the oldest record not yet committed, rounded down to 0, 1, 2, 5, 10, 30, 60 … seconds. */
  readonly seconds: number;
}

export interface GroupLag {
  readonly groupId: string;
  /** Sum over the partitions. */
  readonly records: number;
  /** The largest of the partitions. */
  readonly seconds: number;
  readonly partitions: readonly PartitionLag[];
}

/** Ages, in seconds, by which the oldest open record is found; the last is a day. */
const AGES_SECONDS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 86_400] as const;

/** Offset by partition of the first record at or after a time, in milliseconds since the epoch. */
export type OffsetsAt = (timestampMs: number) => Promise<ReadonlyMap<number, bigint>>;

/**
 * Age of the oldest uncommitted record of a topic's partitions, in seconds by partition. The broker
 * only answers "which offset is first at this time", so ages are halved in on: four questions.
 */
export async function measureAges(
  open: ReadonlyMap<number, bigint>,
  offsetsAt: OffsetsAt,
  nowMs: number,
): Promise<ReadonlyMap<number, number>> {
  const bounds = new Map([...open.keys()].map((partition) => [partition, { low: -1, high: 13 }]));
  const answers = new Map<number, ReadonlyMap<number, bigint>>();
  for (;;) {
    let isOpen = false;
    for (const [partition, bound] of bounds) {
      const middle = (bound.low + bound.high) >> 1;
      const age = AGES_SECONDS[middle];
      if (bound.high - bound.low <= 1 || age === undefined) continue;
      isOpen = true;
      const offsets = answers.get(middle) ?? (await offsetsAt(nowMs - age * 1_000));
      answers.set(middle, offsets);
      const firstYounger = offsets.get(partition) ?? 0n;
      // What is committed ends before the records of that age: something open is at least as old.
      if ((open.get(partition) ?? 0n) < firstYounger) bound.low = middle;
      else bound.high = middle;
    }
    if (!isOpen) break;
  }
  return new Map([...bounds].map(([partition, { low }]) => [partition, AGES_SECONDS[low] ?? 0]));
}
