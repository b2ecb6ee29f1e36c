import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { KafkaClient } from '../client/kafka-client.ts';
import type { MessagingLog } from '../client/messaging-log.ts';
import { toError } from '../messaging.errors.ts';
import type { BatchLoop } from './batch-loop.ts';
import type { ConsumerObserver } from './consumer-observer.ts';
import { decideAfterCrash } from './crash-policy.ts';
import {
  type Membership,
  freeRecords,
  toBatchSession,
  toFetchedBatch,
  toRetriable,
} from './kafka-session.ts';
import type { ProgressTracker } from './progress-tracker.ts';

/** `fetch.min.bytes` and `fetch.max.wait.ms` of Kafka: fewer and larger chunks, each a little later. */
export interface FetchWaits {
  readonly forBytes: number;
  readonly atMostMs: number;
}

export interface GroupConsumerOptions {
  readonly kafka: KafkaClient;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly partitionsAtOnce: number;
  readonly fetchBytesPerPartition: number;
  readonly fetchWaits: FetchWaits;
  readonly freesRecords: boolean;
  readonly loop: BatchLoop;
  readonly tracker: ProgressTracker;
  readonly observer: ConsumerObserver;
  readonly onFatal: (error: Error) => void;
  readonly log: MessagingLog;
  readonly now: () => number;
}

/** Of one fetch, compressed: what it inflates to is bounded by the decoder, which leaves the rest unread. */
const FETCH_BYTES = 8 * 1024 * 1024;

/** One member of a consumer group over kafkajs, re-created where kafkajs gives up but the broker may return. */
export class KafkaGroupConsumer {
  private consumer: Consumer | null = null;
  private readonly membership: Membership = { lost: null };
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly recreatedAtMs: number[] = [];
  private isStopping = false;

  constructor(private readonly options: GroupConsumerOptions) {}

  /** Resolves when the consumer has begun to join the group. */
  async start(): Promise<void> {
    const consumer = this.createConsumer();
    this.consumer = consumer;
    this.watch(consumer);
    try {
      await consumer.connect();
      // From the beginning: a group without offsets, or with expired ones, must not skip records.
      await consumer.subscribe({ topics: [...this.options.topics], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: this.options.partitionsAtOnce,
        eachBatch: (payload) => this.onBatch(payload),
      });
    } catch (error) {
      await consumer.disconnect().catch(() => undefined);
      throw error;
    }
  }

  /** Lets the chunks in hand finish, leaves the group and disconnects. */
  async stop(): Promise<void> {
    this.isStopping = true;
    for (const timer of this.timers) clearTimeout(timer);
    await this.consumer?.disconnect();
    this.options.tracker.onState('stopped');
  }

  private createConsumer(): Consumer {
    return this.options.kafka.consumer({
      groupId: this.options.groupId,
      allowAutoTopicCreation: false,
      // As long as a killed member's partitions stay untouched. Chunks send heartbeats while they run.
      sessionTimeout: 12_000,
      rebalanceTimeout: 60_000,
      heartbeatInterval: 2_000,
      minBytes: this.options.fetchWaits.forBytes,
      maxWaitTimeInMs: this.options.fetchWaits.atMostMs,
      maxBytesPerPartition: this.options.fetchBytesPerPartition,
      maxBytes: FETCH_BYTES,
      retry: {
        initialRetryTime: 300,
        retries: 8,
        maxRetryTime: 5_000,
        restartOnFailure: async () => !this.isStopping,
      },
    });
  }

  private watch(consumer: Consumer): void {
    const { tracker, observer, groupId } = this.options;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      this.membership.lost = null;
      tracker.onAssigned(payload.memberAssignment);
    });
    consumer.on(consumer.events.REBALANCING, () => {
      tracker.onState('rebalancing');
      observer.onRebalanced?.(groupId);
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      this.onCrash(consumer, toError(payload.error), payload.restart);
    });
  }

  private onCrash(consumer: Consumer, error: Error, restarts: boolean): void {
    if (this.isStopping || consumer !== this.consumer) return;
    const { log, groupId, now, onFatal, tracker } = this.options;
    const decision = decideAfterCrash({ error, restarts }, this.recreatedAtMs, now());
    log('error', 'a consumer crashed', { groupId, next: decision.kind, error: error.message });
    if (decision.kind === 'fatal') {
      tracker.onState('crashed');
      onFatal(error);
      return;
    }
    tracker.onState('starting');
    if (decision.kind === 'recreate') this.recreateLater(decision.delayMs);
  }

  private recreateLater(delayMs: number): void {
    this.later(delayMs, () => {
      this.recreatedAtMs.push(this.options.now());
      this.start().catch((thrown: unknown) => {
        const { consumer } = this;
        if (consumer !== null) this.onCrash(consumer, toError(thrown), false);
      });
    });
  }

  private async onBatch(payload: EachBatchPayload): Promise<void> {
    const session = toBatchSession(payload, this.membership, (resume, delayMs) => {
      this.later(delayMs, resume);
    });
    try {
      const isDone = await this.options.loop.run(toFetchedBatch(payload), session);
      if (isDone && this.options.freesRecords) freeRecords(payload);
    } catch (thrown) {
      const { topic, partition } = payload.batch;
      throw toRetriable(toError(thrown), `${topic}/${partition}`);
    }
    // Without this the fetch loop would go on with what another member may own by now.
    if (this.membership.lost !== null) throw this.membership.lost;
  }

  private later(delayMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.isStopping) act();
    }, delayMs);
    this.timers.add(timer);
  }
}
