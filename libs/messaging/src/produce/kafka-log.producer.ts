import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import kafkajs, { type Message, type Producer } from 'kafkajs';
import type { KafkaClient } from '../client/kafka-client.ts';
import { collectWritten, type WrittenPartition } from '../client/kafkajs-produce-response.ts';
import type { MessagingLog } from '../client/messaging-log.ts';
import type { LogProducer, OutgoingRecord, RecordPlacement, SendOptions } from '../log.port.ts';
import { BrokerUnavailable, RecordTooLarge, toError } from '../messaging.errors.ts';
import { placeWritten, requireAllPlaced } from './place-written.ts';
import { RecordPartitioner } from './record-partitioner.ts';
import { maxRecordBytesOf, measureRecordBytes } from './record-size.ts';
import { type Delivery, type QueuedRecord, fail, isWanted, takeRequest } from './send-queue.ts';
import { TopicHolds } from './topic-holds.ts';

const { None, ZSTD } = kafkajs.CompressionTypes;

const DEFAULT_DEADLINE_MS = 15_000;
const CLOSE_DEADLINE_MS = 5_000;
const ACKNOWLEDGE_TIMEOUT_MS = 10_000;
const MAX_REQUEST_RECORDS = 2_000;
const MAX_REQUEST_BYTES = 8 * 1024 * 1024;
/** Below this, compressing costs more than it saves. */
const COMPRESS_FROM_BYTES = 512;
const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 1_000;

const TOO_LARGE_TYPES: ReadonlySet<string> = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
]);

/** Of one topic, not of the broker. */
const TOPIC_TYPES: ReadonlySet<string> = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'INVALID_TOPIC_EXCEPTION',
  'TOPIC_AUTHORIZATION_FAILED',
]);

export interface KafkaLogProducerOptions {
  readonly kafka: KafkaClient;
  readonly log: MessagingLog;
}

/**
 * Sends with acks=all, one request at a time and in order; what is sent while a request is under way
 * goes together into the next one. Connects by itself, and again after an outage. A topic that does
 * not exist holds up its own records only.
 */
export class KafkaLogProducer implements LogProducer {
  private readonly producer: Producer;
  private readonly partitioner = new RecordPartitioner(randomInt(2 ** 31));
  private readonly queue: QueuedRecord[] = [];
  private readonly holds = new TopicHolds();
  private readonly log: MessagingLog;
  private draining: Promise<void> | null = null;
  /** Ends the wait for held topics: there is something else to send. */
  private wake: () => void = () => undefined;
  private isConnected = false;
  private isClosed = false;

  constructor({ kafka, log }: KafkaLogProducerOptions) {
    this.log = log;
    this.producer = kafka.producer({
      allowAutoTopicCreation: false,
      idempotent: false,
      maxInFlightRequests: 1,
      createPartitioner: () => (args) => this.partitioner.choose(args),
      // The loop below repeats, until their deadlines, the records that were not written.
      retry: { retries: 0 },
    });
  }

  /**
   * Resolves when every record is durable, with their places in order.
   * @throws {RecordTooLarge} before anything is sent, or when the broker's limit is lower than ours.
   * @throws {BrokerUnavailable} after `deadlineMs` (15 s); the records may still come to be written.
   */
  async send(
    records: readonly OutgoingRecord[],
    { deadlineMs = DEFAULT_DEADLINE_MS }: SendOptions = {},
  ): Promise<readonly RecordPlacement[]> {
    if (this.isClosed) throw new BrokerUnavailable('the producer is closed');
    if (records.length === 0) return [];
    const sizes = records.map(measureWithinLimit);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        fail(delivery, new BrokerUnavailable(`not acknowledged within ${deadlineMs} ms`));
      }, deadlineMs);
      const delivery: Delivery = {
        placements: [],
        unplaced: records.length,
        isSettled: false,
        resolve: (placements) => {
          clearTimeout(timer);
          resolve(placements);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      records.forEach((record, index) => {
        const bytes = sizes[index] ?? 0;
        const { topic } = record;
        const message = toMessage(record);
        this.queue.push({ topic, message, bytes, delivery, index, isPlaced: false });
      });
      this.draining ??= this.drain();
      this.wake();
    });
  }

  /** Waits up to 5 s for what is under way, then disconnects. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.race([this.draining, delay(CLOSE_DEADLINE_MS, undefined, { ref: false })]);
    for (const record of this.queue) fail(record.delivery, new BrokerUnavailable('closed'));
    this.wake();
    await Promise.race([
      this.producer.disconnect(),
      delay(CLOSE_DEADLINE_MS, undefined, { ref: false }),
    ]);
  }

  private async drain(): Promise<void> {
    let failures = 0;
    for (;;) {
      const request = takeRequest(this.queue, {
        maxRecords: MAX_REQUEST_RECORDS,
        maxBytes: MAX_REQUEST_BYTES,
        maxBatchBytesOf: maxRecordBytesOf,
        isHeld: (topic) => this.holds.isHeld(topic, Date.now()),
      });
      if (request.length === 0) {
        if (this.queue.length === 0) break;
        await this.waitForHeld();
        continue;
      }
      try {
        await this.transmit(request);
        failures = 0;
      } catch (thrown) {
        failures += 1;
        this.log('warn', 'a send failed', { failures, error: toError(thrown).message });
        this.queue.unshift(...request.filter(isWanted));
        if (this.queue.some(isWanted)) await delay(retryDelayMs(failures));
      }
    }
    this.draining = null;
  }

  /** Until a held topic may be tried again, or something else is sent. */
  private async waitForHeld(): Promise<void> {
    const topics = new Set(this.queue.map(({ topic }) => topic));
    const waitMs = this.holds.nextTryMs(topics, Date.now()) ?? 0;
    const woken = new AbortController();
    this.wake = () => woken.abort();
    await delay(waitMs, undefined, { signal: woken.signal }).catch(() => undefined);
    this.wake = () => undefined;
  }

  private async transmit(request: readonly QueuedRecord[]): Promise<void> {
    const written: WrittenPartition[] = [];
    try {
      await collectWritten(written, () => this.produce(request));
      placeWritten(request, written, this.partitioner);
      requireAllPlaced(request);
      for (const { topic } of request) this.holds.release(topic);
    } catch (thrown) {
      placeWritten(request, written, this.partitioner);
      if (isTooLarge(thrown)) await this.transmitHalves(request, toError(thrown));
      else if (isOfTopic(thrown)) await this.transmitByTopic(request, toError(thrown));
      else throw thrown;
    }
  }

  /** Some topic cannot be written to: find out which, and let the others pass. */
  private async transmitByTopic(request: readonly QueuedRecord[], cause: Error): Promise<void> {
    const byTopic = Map.groupBy(request.filter(isWanted), ({ topic }) => topic);
    if (byTopic.size > 1) {
      for (const records of byTopic.values()) await this.transmit(records);
      return;
    }
    for (const [topic, records] of byTopic) {
      this.holds.hold(topic, Date.now());
      this.queue.unshift(...records);
      this.log('warn', 'a topic cannot be written to', { topic, error: cause.message });
    }
  }

  /** The broker refuses the batch as a whole: find the record that its topic cannot take. */
  private async transmitHalves(request: readonly QueuedRecord[], cause: Error): Promise<void> {
    const [first] = request;
    if (first !== undefined && request.length === 1) {
      const message = `a record of ${first.bytes} bytes is too large for ${first.topic}`;
      fail(first.delivery, new RecordTooLarge(message, { cause }));
      return;
    }
    const middle = Math.ceil(request.length / 2);
    for (const half of [request.slice(0, middle), request.slice(middle)]) {
      const wanted = half.filter(isWanted);
      if (wanted.length > 0) await this.transmit(wanted);
    }
  }

  private async produce(request: readonly QueuedRecord[]): Promise<void> {
    if (!this.isConnected) {
      await this.producer.connect();
      this.isConnected = true;
    }
    const messagesOf = new Map<string, Message[]>();
    let bytes = 0;
    for (const { topic, message, bytes: size } of request) {
      const messages = messagesOf.get(topic);
      if (messages === undefined) messagesOf.set(topic, [message]);
      else messages.push(message);
      bytes += size;
    }
    await this.producer.sendBatch({
      acks: -1,
      timeout: ACKNOWLEDGE_TIMEOUT_MS,
      compression: bytes < COMPRESS_FROM_BYTES ? None : ZSTD,
      topicMessages: [...messagesOf].map(([topic, messages]) => ({ topic, messages })),
    });
  }
}

function measureWithinLimit(record: OutgoingRecord): number {
  const bytes = measureRecordBytes(record);
  const limit = maxRecordBytesOf(record.topic);
  if (bytes <= limit) return bytes;
  throw new RecordTooLarge(
    `a record of ${bytes} bytes is larger than the ${limit} bytes that ${record.topic} takes`,
  );
}

function toMessage({ key, value, headers }: OutgoingRecord): Message {
  return {
    key: typeof key === 'string' ? Buffer.from(key) : key,
    value: typeof value === 'string' ? Buffer.from(value) : value,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, one]) => [
        name,
        typeof one === 'string' || Buffer.isBuffer(one) ? one : [...one],
      ]),
    ),
  };
}

function isTooLarge(thrown: unknown): boolean {
  const { type } = thrown as { type?: unknown };
  return typeof type === 'string' && TOO_LARGE_TYPES.has(type);
}

function isOfTopic(thrown: unknown): boolean {
  for (let at = thrown; at instanceof Error; at = at.cause) {
    const { type } = at as { type?: unknown };
    if (typeof type === 'string' && TOPIC_TYPES.has(type)) return true;
  }
  return false;
}

function retryDelayMs(failures: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), MAX_RETRY_MS);
}
