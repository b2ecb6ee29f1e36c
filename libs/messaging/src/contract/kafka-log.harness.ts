import { randomUUID } from 'node:crypto';
import { deadLetterTopic } from '@broadsheet/contracts';
import { KafkaLogAdmin } from '../admin/kafka-log.admin.ts';
import { type KafkaClient, createKafka } from '../client/kafka-client.ts';
import { KafkaBatchStrategy, type KafkaBatchOptions } from '../consume/kafka-batch.strategy.ts';
import type { BatchHandler, ConsumedRecord } from '../log.port.ts';
import { KafkaLogProducer } from '../produce/kafka-log.producer.ts';
import type { ContractConsumer, ContractConsumerOptions, LogHarness } from './log.contract.ts';

export interface KafkaHarness extends LogHarness {
  readonly kafka: KafkaClient;
  readonly admin: KafkaLogAdmin;
  readonly producer: KafkaLogProducer;
  consume(options: KafkaConsumerOptions): Promise<ContractConsumer>;
  close(): Promise<void>;
}

export interface KafkaConsumerOptions extends ContractConsumerOptions {
  readonly observer?: KafkaBatchOptions['observer'];
  readonly partitionsAtOnce?: number;
}

const TOPIC_CONFIG = {
  'message.timestamp.type': 'LogAppendTime',
  'max.message.bytes': String(12 * 1024 * 1024),
};

/** The contract's harness over a broker; what it starts and the caller forgets, close() stops. */
export function createKafkaHarness(brokers: string): KafkaHarness {
  const log = (): undefined => undefined;
  const kafka = createKafka({ brokers: [brokers], ssl: false, clientId: 'contract', log });
  const admin = new KafkaLogAdmin(kafka);
  const producer = new KafkaLogProducer({ kafka, log });
  const strategies = new Set<KafkaBatchStrategy>();

  const consume = async (options: KafkaConsumerOptions): Promise<ContractConsumer> => {
    const { topics, handler, ...rest } = options;
    const strategy = new KafkaBatchStrategy({
      kafka,
      lagSource: admin,
      service: { name: 'contract', version: '0' },
      deadLetters: producer,
      probeSink: async () => undefined,
      onFatal: () => undefined,
      log,
      ...rest,
    });
    for (const topic of topics) strategy.addHandler(topic, handler, true);
    strategies.add(strategy);
    await new Promise<void>((resolve, reject) => {
      void strategy.listen((error) => {
        if (error === undefined) resolve();
        else reject(error as Error);
      });
    });
    return { stop: () => strategy.close(), progress: () => strategy.progress() };
  };

  const readAll = async (topic: string): Promise<readonly ConsumedRecord[]> => {
    const ends = await endOffsets(kafka, topic);
    const expected = [...ends.values()].reduce((sum, end) => sum + end, 0);
    const records: ConsumedRecord[] = [];
    if (expected === 0) return records;
    const complete = Promise.withResolvers<void>();
    const handler: BatchHandler = async (batch) => {
      records.push(...batch.records);
      if (records.length >= expected) complete.resolve();
      return { failures: [] };
    };
    const reader = await consume({ groupId: `reader-${randomUUID()}`, topics: [topic], handler });
    await complete.promise;
    await reader.stop();
    return records;
  };

  return {
    kafka,
    admin,
    producer,
    consume,
    readAll,
    uniqueGroup: () => `group-${randomUUID()}`,
    async createTopic(partitions, groupId) {
      const name = `contract.${randomUUID()}`;
      const specs = [
        { name, partitions, config: TOPIC_CONFIG },
        { name: deadLetterTopic(name, groupId), partitions: 1, config: {} },
      ];
      await admin.ensureTopics(specs, { replicationFactor: 1, minInsyncReplicas: 1 });
      return name;
    },
    async committed(groupId, topic, partition) {
      const offsets = await admin.committedOffsets(groupId, topic);
      return offsets.get(partition) ?? 0n;
    },
    async close() {
      await Promise.all([...strategies].map((strategy) => strategy.close()));
      await producer.close();
      await admin.close();
    },
  };
}

async function endOffsets(kafka: KafkaClient, topic: string): Promise<Map<number, number>> {
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  return new Map(offsets.map(({ partition, high }) => [partition, Number(high)]));
}
