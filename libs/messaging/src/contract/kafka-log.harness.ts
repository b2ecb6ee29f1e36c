import { randomUUID } from 'node:crypto';
import { deadLetterTopic } from '@broadsheet/contracts';
import { KafkaLogAdmin } from '../admin/kafka-log.admin.ts';
import { type KafkaClient, createKafka } from '../client/kafka-client.ts';
import { type KafkaBatchOptions, KafkaBatchStrategy } from '../consume/kafka-batch.strategy.ts';
import type { ConsumedRecord } from '../log.port.ts';
import { KafkaLogProducer } from '../produce/kafka-log.producer.ts';
import type { ContractConsumer, ContractConsumerOptions, LogHarness } from './log.contract.ts';

export interface KafkaConsumerOptions extends ContractConsumerOptions {
  readonly observer?: NonNullable<KafkaBatchOptions['observer']>;
  readonly members?: number;
  readonly freesRecords?: boolean;
}

const TOPIC_CONFIG = {
  'message.timestamp.type': 'LogAppendTime',
  'max.message.bytes': String(12 * 1024 * 1024),
};

const silent = (): undefined => undefined;

/** The contract's harness over a broker; what it starts and the caller forgets, close() stops. */
export class KafkaHarness implements LogHarness {
  readonly kafka: KafkaClient;
  readonly admin: KafkaLogAdmin;
  readonly producer: KafkaLogProducer;
  private readonly strategies = new Set<KafkaBatchStrategy>();

  constructor(brokers: string) {
    const settings = { brokers: [brokers], ssl: false, clientId: 'contract', log: silent };
    this.kafka = createKafka(settings);
    this.admin = new KafkaLogAdmin(this.kafka);
    this.producer = new KafkaLogProducer({ kafka: this.kafka, log: silent });
  }

  uniqueGroup(): string {
    return `group-${randomUUID()}`;
  }

  async createTopic(partitions: number, groupId: string): Promise<string> {
    const name = `contract.${randomUUID()}`;
    const specs = [
      { name, partitions, config: TOPIC_CONFIG },
      { name: deadLetterTopic(name, groupId), partitions: 1, config: {} },
    ];
    await this.admin.ensureTopics(specs, { replicationFactor: 1, minInsyncReplicas: 1 });
    return name;
  }

  async consume(options: KafkaConsumerOptions): Promise<ContractConsumer> {
    const { topics, handler, ...rest } = options;
    const strategy = new KafkaBatchStrategy({
      kafka: this.kafka,
      lagSource: this.admin,
      service: { name: 'contract', version: '0' },
      deadLetters: this.producer,
      probeSink: async () => undefined,
      onFatal: silent,
      log: silent,
      ...rest,
    });
    for (const topic of topics) strategy.addHandler(topic, handler, true);
    this.strategies.add(strategy);
    await new Promise<void>((resolve, reject) => {
      void strategy.listen((error) => {
        if (error instanceof Error) reject(error);
        else resolve();
      });
    });
    return { stop: () => strategy.close(), progress: () => strategy.progress() };
  }

  async readAll(topic: string): Promise<readonly ConsumedRecord[]> {
    const expected = await this.countRecords(topic);
    const records: ConsumedRecord[] = [];
    if (expected === 0) return records;
    let finish = silent as () => void;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const reader = await this.consume({
      groupId: `reader-${randomUUID()}`,
      topics: [topic],
      handler: async (batch) => {
        records.push(...batch.records);
        if (records.length >= expected) finish();
        return { failures: [] };
      },
    });
    await finished;
    await reader.stop();
    return records;
  }

  async committed(groupId: string, topic: string, partition: number): Promise<bigint> {
    const offsets = await this.admin.committedOffsets(groupId, topic);
    return offsets.get(partition) ?? 0n;
  }

  async close(): Promise<void> {
    await Promise.all([...this.strategies].map((strategy) => strategy.close()));
    await this.producer.close();
    await this.admin.close();
  }

  private async countRecords(topic: string): Promise<number> {
    const admin = this.kafka.admin();
    await admin.connect();
    const offsets = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    return offsets.reduce((sum, { high }) => sum + Number(high), 0);
  }
}
