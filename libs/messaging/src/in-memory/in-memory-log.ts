import { TOPICS } from '@broadsheet/contracts';
import type { ConsumedRecord, LogProducer, OutgoingRecord, RecordPlacement } from '../log.port.ts';
import { BrokerUnavailable, RecordTooLarge } from '../messaging.errors.ts';
import { partitionOfKey } from '../produce/murmur2.ts';
import { maxRecordBytesOf, measureRecordBytes } from '../produce/record-size.ts';
import { InMemoryConsumer, type InMemoryConsumerOptions } from './in-memory-consumer.ts';
import { InMemoryPartition } from './in-memory-partition.ts';

/**
 * A log in memory for tests of what stands behind the port. It runs the consumer loop of the real
 * one and passes the same contract suite; back-offs pass at once. A topic springs up with its first
 * record, with the partitions of contracts, else with one.
 */
export class InMemoryLog implements LogProducer {
  private readonly topics = new Map<string, readonly InMemoryPartition[]>();
  private isAvailable = true;
  private turn = 0;

  constructor(private readonly now: () => number = Date.now) {}

  createTopic(topic: string, partitions: number): void {
    const fresh = Array.from({ length: partitions }, (_, id) => new InMemoryPartition(topic, id));
    this.topics.set(topic, fresh);
  }

  /** While false every send fails with BrokerUnavailable. */
  setAvailable(isAvailable: boolean): void {
    this.isAvailable = isAvailable;
  }

  async send(records: readonly OutgoingRecord[]): Promise<readonly RecordPlacement[]> {
    for (const record of records) {
      const bytes = measureRecordBytes(record);
      if (bytes > maxRecordBytesOf(record.topic)) {
        throw new RecordTooLarge(`a record of ${bytes} bytes is too large for ${record.topic}`);
      }
    }
    if (!this.isAvailable) throw new BrokerUnavailable('the log was told to be away');
    const timestampMs = this.now();
    return records.map((record) => this.partitionFor(record).append(record, timestampMs));
  }

  /** Everything on a topic, partition by partition. */
  read(topic: string): readonly ConsumedRecord[] {
    return this.partitionsOf(topic).flatMap((partition) => partition.read(0n));
  }

  /** The offset a group reads next on a partition. */
  committed(groupId: string, topic: string, partition: number): bigint {
    return this.partitionsOf(topic)[partition]?.committed.get(groupId) ?? 0n;
  }

  /** Starts the one member of a group. */
  consume(options: InMemoryConsumerOptions): InMemoryConsumer {
    const partitions = options.topics.flatMap((topic) => this.partitionsOf(topic));
    return new InMemoryConsumer(options, partitions, this.now);
  }

  private partitionFor({ topic, key }: OutgoingRecord): InMemoryPartition {
    const partitions = this.partitionsOf(topic);
    this.turn += 1;
    const number =
      key === null
        ? this.turn % partitions.length
        : partitionOfKey(Buffer.from(key), partitions.length);
    const partition = partitions[number];
    if (partition === undefined) throw new Error(`${topic} has no partition ${number}`);
    return partition;
  }

  private partitionsOf(topic: string): readonly InMemoryPartition[] {
    const known = this.topics.get(topic);
    if (known !== undefined) return known;
    this.createTopic(topic, TOPICS.find(({ name }) => name === topic)?.partitions ?? 1);
    return this.partitionsOf(topic);
  }
}
