import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { GroupLag } from '../admin/lag.ts';
import type { KafkaClient } from '../client/kafka-client.ts';
import type { MessagingLog } from '../client/messaging-log.ts';
import type { BatchHandler, BatchResult, LogProducer, RecordBatch } from '../log.port.ts';
import { toError } from '../messaging.errors.ts';
import { BatchLoop, type ChunkSettings, DEFAULT_CHUNK } from './batch-loop.ts';
import type { ConsumerObserver } from './consumer-observer.ts';
import { type ConsumerProgress, mergeProgress } from './consumer-progress.ts';
import { DeadLetterWriter } from './dead-letter-writer.ts';
import { type FetchWaits, KafkaGroupConsumer } from './kafka-group-consumer.ts';
import { kafkaGroup } from './kafka-group.ts';
import { ProgressTracker } from './progress-tracker.ts';

/** Measures how far a group is behind; KafkaLogAdmin does. */
export interface LagSource {
  lag(groupId: string, topics: readonly string[]): Promise<GroupLag>;
}

export interface KafkaBatchOptions {
  readonly kafka: KafkaClient;
  readonly groupId: string;
  /** Who consumes: `dlq.stage` and `dlq.service-version` of its dead letters. */
  readonly service: { readonly name: string; readonly version: string };
  readonly deadLetters: LogProducer;
  readonly lagSource: LagSource;
  /**
   * Resolves when the store or broker behind the handlers can be reached. Asked before a record that
   * keeps failing is dead-lettered: an outage is not a bad record.
   */
  readonly probeSink: () => Promise<void>;
  /** Must end the process with a non-zero code: this consumer cannot go on. */
  readonly onFatal: (error: Error) => void;
  readonly log: MessagingLog;
  readonly observer?: ConsumerObserver;
  /** Of each member. */
  readonly partitionsAtOnce?: number;
  /**
   * How many members of the group this process is; 1 by default. A member fetches nothing while it
   * works on what it has: another one's records keep the handlers busy meanwhile.
   */
  readonly members?: number;
  /** How much one fetch takes of a partition, as it lies there compressed; 1 MiB by default. */
  readonly fetchBytesPerPartition?: number;
  /** What a fetch waits for before it brings anything: the next record, by default. */
  readonly fetchWaits?: FetchWaits;
  /**
   * Frees the memory of records once they are committed. Handlers must then keep no view of their
   * bytes: it would be empty.
   */
  readonly freesRecords?: boolean;
  readonly chunk?: Partial<ChunkSettings>;
  /** Milliseconds the chunks in hand have to finish when the consumer stops. */
  readonly stopDeadlineMs?: number;
}

const PARTITIONS_AT_ONCE = 4;
const NEXT_RECORD: FetchWaits = { forBytes: 1, atMostMs: 500 };
const FETCH_BYTES_PER_PARTITION = 1024 * 1024;
const STOP_DEADLINE_MS = 18_000;
const LAG_INTERVAL_MS = 15_000;

/**
 * Nest transport over one Kafka consumer group. A handler takes a RecordBatch and gives a
 * BatchResult (see BatchHandler); offsets, heartbeats, retries and dead letters are kept from it.
 * Every app that uses it installs PassThroughRpcFilter.
 */
export class KafkaBatchStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId: symbol;
  override readonly propagatesEventHandlerErrors = true;
  private readonly trackers: readonly ProgressTracker[];
  private readonly now = (): number => Date.now();
  private consumers: readonly KafkaGroupConsumer[] = [];
  private lagTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: KafkaBatchOptions) {
    super();
    this.transportId = kafkaGroup(options.groupId);
    this.trackers = Array.from(
      { length: options.members ?? 1 },
      () => new ProgressTracker(options.groupId, options.observer ?? {}, this.now),
    );
  }

  /** Calls back when the consumer has connected and begun to join its group. */
  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      const topics = [...this.messageHandlers.keys()];
      this.consumers = this.trackers.map((tracker) => this.createConsumer(topics, tracker));
      await this.startAll();
      this.lagTimer = setInterval(() => void this.measureLag(topics), LAG_INTERVAL_MS);
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Finishes the chunks in hand, commits them, leaves the group; gives up at the stop deadline. */
  async close(): Promise<void> {
    clearInterval(this.lagTimer);
    const { stopDeadlineMs = STOP_DEADLINE_MS, groupId, log } = this.options;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), stopDeadlineMs);
    });
    const stopped = this.stopAll();
    const outcome = await Promise.race([stopped, deadline]);
    clearTimeout(timer);
    if (outcome === 'late') log('error', 'a chunk outlived the stop', { groupId, stopDeadlineMs });
  }

  progress(): ConsumerProgress {
    return mergeProgress(this.trackers.map((tracker) => tracker.read()));
  }

  /** Nest's generic events; this transport reports through ConsumerObserver. */
  on(): never {
    throw new Error('use the observer option');
  }

  unwrap<T>(): T {
    throw new Error('the client of this transport is not handed out');
  }

  /** All or none: Nest tries the whole transport again. */
  private async startAll(): Promise<void> {
    const started = await Promise.allSettled(this.consumers.map((consumer) => consumer.start()));
    const failed = started.find((outcome) => outcome.status === 'rejected');
    if (failed === undefined) return;
    await this.stopAll();
    throw toError(failed.reason);
  }

  private async stopAll(): Promise<void> {
    const { groupId, log } = this.options;
    const stopping = this.consumers.map(async (consumer) => {
      try {
        await consumer.stop();
      } catch (error) {
        log('warn', 'a consumer did not stop cleanly', { groupId, error: toError(error).message });
      }
    });
    await Promise.all(stopping);
  }

  private createConsumer(topics: readonly string[], tracker: ProgressTracker): KafkaGroupConsumer {
    const { kafka, groupId, onFatal, log, observer = {} } = this.options;
    return new KafkaGroupConsumer({
      kafka,
      groupId,
      topics,
      partitionsAtOnce: this.options.partitionsAtOnce ?? PARTITIONS_AT_ONCE,
      fetchBytesPerPartition: this.options.fetchBytesPerPartition ?? FETCH_BYTES_PER_PARTITION,
      fetchWaits: this.options.fetchWaits ?? NEXT_RECORD,
      freesRecords: this.options.freesRecords ?? false,
      loop: this.createLoop(observer, tracker),
      tracker,
      observer,
      onFatal,
      log,
      now: this.now,
    });
  }

  private createLoop(observer: ConsumerObserver, tracker: ProgressTracker): BatchLoop {
    const { groupId, service, deadLetters, probeSink, onFatal, log } = this.options;
    return new BatchLoop({
      groupId,
      chunk: { ...DEFAULT_CHUNK, ...this.options.chunk },
      handlerOf: (topic) => this.handlerOf(topic),
      deadLetters: new DeadLetterWriter({ groupId, service, producer: deadLetters, observer, log }),
      probeSink,
      onFatal,
      tracker,
      observer,
      log,
      now: this.now,
    });
  }

  private handlerOf(topic: string): BatchHandler {
    const handler = this.getHandlerByPattern(topic);
    if (handler === null) throw new Error(`no handler is bound to ${topic}`);
    return async (batch: RecordBatch): Promise<BatchResult> => {
      const result: unknown = await lastValueFrom(
        this.transformToObservable(await handler(batch, batch)),
        { defaultValue: undefined },
      );
      return result as BatchResult;
    };
  }

  private async measureLag(topics: readonly string[]): Promise<void> {
    const { lagSource, groupId, log } = this.options;
    try {
      const lag = await lagSource.lag(groupId, topics);
      for (const tracker of this.trackers) tracker.onMeasured(lag.partitions);
    } catch (error) {
      log('debug', 'could not measure the lag', { groupId, error: toError(error).message });
    }
  }
}
