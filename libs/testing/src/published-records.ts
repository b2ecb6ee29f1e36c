import { TOPIC, TOPICS } from '@broadsheet/contracts';
import {
  type ConsumedRecord,
  createKafka,
  KafkaBatchStrategy,
  KafkaLogAdmin,
  KafkaLogProducer,
  type RecordBatch,
} from '@broadsheet/messaging';

const silent = () => undefined;

/** Everything on articles.raw and the trail, whoever wrote it. */
export interface PublishedRecords {
  readonly records: readonly ConsumedRecord[];
  readonly producer: KafkaLogProducer;
  stop(): Promise<void>;
}

/** Makes the topics where they are not there yet. */
export async function readPublished(brokers: string, groupId: string): Promise<PublishedRecords> {
  const kafka = createKafka({ brokers: [brokers], ssl: false, clientId: 'test', log: silent });
  const admin = new KafkaLogAdmin(kafka);
  const producer = new KafkaLogProducer({ kafka, log: silent });
  await admin.ensureTopics(TOPICS, { replicationFactor: 1, minInsyncReplicas: 1 });
  const records: ConsumedRecord[] = [];
  const strategy = new KafkaBatchStrategy({
    kafka,
    groupId,
    service: { name: 'test', version: '0' },
    deadLetters: producer,
    lagSource: admin,
    probeSink: () => Promise.resolve(),
    onFatal: (error) => {
      throw error;
    },
    log: silent,
  });
  const keep = (batch: RecordBatch) => {
    records.push(...batch.records);
    return Promise.resolve({ failures: [] });
  };
  strategy.addHandler(TOPIC.raw, keep, true);
  strategy.addHandler(TOPIC.trail, keep, true);
  await strategy.listen(silent);
  return {
    records,
    producer,
    stop: async () => {
      await strategy.close();
      await Promise.all([producer.close(), admin.close()]);
    },
  };
}

/** The last value of a header, as text. */
export function headerOf(record: ConsumedRecord, name: string): string {
  return record.headers.get(name)?.at(-1)?.toString() ?? '';
}
