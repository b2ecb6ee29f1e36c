import { DEAD_LETTER_TOPICS, TOPIC } from '@broadsheet/contracts';
import {
  createKafka,
  KafkaLogAdmin,
  KafkaLogProducer,
  type LogProducer,
} from '@broadsheet/messaging';

/** A record for articles.raw, as an outside producer would send it. */
export interface RawRecord {
  readonly key?: string;
  readonly value: string | Uint8Array | null;
  readonly headers?: Readonly<Record<string, string | Buffer>>;
}

/** An outside producer of articles.raw. Each record's place is given as `topic/partition/offset`. */
export interface RawTopic {
  push(record: RawRecord): Promise<string>;
  pushAll(records: readonly RawRecord[]): Promise<readonly string[]>;
  /** Lets a group, whose members are stopped, read a topic from its first record again. */
  rewind(groupId: string, topic: string): Promise<void>;
  /** How many records of a topic a group has still to commit. */
  recordsBehind(groupId: string, topic: string): Promise<number>;
  /** Records on all dead-letter topics: what a group that never read them is behind. */
  deadLetterCount(): Promise<number>;
  close(): Promise<void>;
}

type Kafka = ReturnType<typeof createKafka>;

const SEND_BYTES = 4 * 1024 * 1024;
const SEND_DEADLINE_MS = 60_000;

export async function openRawTopic(brokers: string): Promise<RawTopic> {
  const log = () => undefined;
  const kafka = createKafka({ brokers: [brokers], ssl: false, clientId: 'outside', log });
  const producer = new KafkaLogProducer({ kafka, log });
  const admin = new KafkaLogAdmin(kafka);
  const pushAll = (records: readonly RawRecord[]) => sendAll(producer, records);
  return {
    pushAll,
    push: async (record) => (await pushAll([record]))[0] ?? '',
    rewind: (groupId, topic) => rewind(kafka, groupId, topic),
    recordsBehind: async (groupId, topic) => (await admin.lag(groupId, [topic])).records,
    deadLetterCount: async () => (await admin.lag('never-read', DEAD_LETTER_TOPICS)).records,
    close: async () => {
      await Promise.all([producer.close(), admin.close()]);
    },
  };
}

async function rewind(kafka: Kafka, groupId: string, topic: string): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    await admin.resetOffsets({ groupId, topic, earliest: true });
  } finally {
    await admin.disconnect();
  }
}

async function sendAll(
  producer: LogProducer,
  records: readonly RawRecord[],
): Promise<readonly string[]> {
  const placed: string[] = [];
  for (const slice of slicesOf(records)) {
    const placements = await producer.send(
      slice.map(({ key, value, headers }) => ({
        topic: TOPIC.raw,
        key: key ?? null,
        value: value === null ? null : Buffer.from(value),
        headers: headers ?? {},
      })),
      { deadlineMs: SEND_DEADLINE_MS },
    );
    placed.push(...placements.map((at) => `${at.topic}/${at.partition}/${at.offset}`));
  }
  return placed;
}

function* slicesOf(records: readonly RawRecord[]): Generator<readonly RawRecord[]> {
  let slice: RawRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = record.value?.length ?? 0;
    if (slice.length > 0 && bytes + size > SEND_BYTES) {
      yield slice;
      slice = [];
      bytes = 0;
    }
    slice.push(record);
    bytes += size;
  }
  if (slice.length > 0) yield slice;
}
