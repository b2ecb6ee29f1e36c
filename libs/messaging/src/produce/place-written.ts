import type { WrittenPartition } from '../client/kafkajs-produce-response.ts';
import { BrokerUnavailable } from '../messaging.errors.ts';
import type { RecordPartitioner } from './record-partitioner.ts';
import { type QueuedRecord, place } from './send-queue.ts';

/** Records whose partition gave no answer are left to be sent again. */
export function placeWritten(
  request: readonly QueuedRecord[],
  written: readonly WrittenPartition[],
  partitioner: Pick<RecordPartitioner, 'partitionOf'>,
): void {
  const nextOffsets = new Map<string, bigint>();
  for (const { topicName, partition, baseOffset } of written) {
    nextOffsets.set(`${topicName}/${partition}`, BigInt(baseOffset));
  }
  for (const record of request) {
    if (record.isPlaced) continue;
    const { topic, message } = record;
    const partition = partitioner.partitionOf(message);
    const key = `${topic}/${partition}`;
    const offset = nextOffsets.get(key);
    if (partition === undefined || offset === undefined || offset < 0n) continue;
    nextOffsets.set(key, offset + 1n);
    place(record, { topic, partition, offset });
  }
}

export function requireAllPlaced(request: readonly QueuedRecord[]): void {
  const missing = request.find(({ isPlaced }) => !isPlaced);
  if (missing === undefined) return;
  throw new BrokerUnavailable(`the broker gave no offset for a record of ${missing.topic}`);
}
