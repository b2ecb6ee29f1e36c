import { setTimeout as delay } from 'node:timers/promises';
import type { MessagingLog } from '../client/messaging-log.ts';
import {
  BatchLoop,
  type BatchSession,
  type ChunkSettings,
  DEFAULT_CHUNK,
} from '../consume/batch-loop.ts';
import type { ConsumerObserver } from '../consume/consumer-observer.ts';
import type { ConsumerProgress } from '../consume/consumer-progress.ts';
import { DeadLetterWriter } from '../consume/dead-letter-writer.ts';
import { ProgressTracker } from '../consume/progress-tracker.ts';
import type { BatchHandler, LogProducer } from '../log.port.ts';
import type { InMemoryPartition } from './in-memory-partition.ts';

export interface InMemoryConsumerOptions {
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly handler: BatchHandler;
  readonly deadLetters: LogProducer;
  readonly probeSink?: () => Promise<void>;
  readonly onFatal?: (error: Error) => void;
  readonly observer?: ConsumerObserver;
  readonly log?: MessagingLog;
  readonly chunk?: Partial<ChunkSettings>;
}

/** Long enough for others to act in between, short enough for a test. */
const LONGEST_PAUSE_MS = 20;

/** The one member of a group on an InMemoryLog; consumes until it is stopped. */
export class InMemoryConsumer {
  private readonly tracker: ProgressTracker;
  private readonly work: Promise<unknown>;
  private isRunning = true;

  constructor(
    private readonly options: InMemoryConsumerOptions,
    private readonly partitions: readonly InMemoryPartition[],
    now: () => number,
  ) {
    const { groupId, observer = {}, log = () => undefined } = options;
    this.tracker = new ProgressTracker(groupId, observer, now);
    const loop = new BatchLoop({
      groupId,
      chunk: { ...DEFAULT_CHUNK, ...options.chunk },
      handlerOf: () => options.handler,
      deadLetters: new DeadLetterWriter({
        groupId,
        service: { name: 'test', version: '0' },
        producer: options.deadLetters,
        observer,
        log,
      }),
      probeSink: options.probeSink ?? (async () => undefined),
      onFatal: options.onFatal ?? (() => undefined),
      tracker: this.tracker,
      observer,
      log,
      now,
    });
    this.work = Promise.all(partitions.map((partition) => this.consume(partition, loop)));
  }

  progress(): ConsumerProgress {
    return this.tracker.read();
  }

  /** Lets the chunks in hand finish and commits them. */
  async stop(): Promise<void> {
    this.isRunning = false;
    for (const partition of this.partitions) partition.wake();
    await this.work;
    this.tracker.onState('stopped');
  }

  private async consume(partition: InMemoryPartition, loop: BatchLoop): Promise<void> {
    const { topic, id, committed } = partition;
    const { groupId } = this.options;
    while (this.isRunning) {
      const items = partition.read(committed.get(groupId) ?? 0n);
      if (items.length === 0) {
        await partition.changed();
        continue;
      }
      let pausedMs = 0;
      const session: BatchSession = {
        isActive: () => this.isRunning,
        heartbeat: async () => undefined,
        commit: async (nextOffset) => {
          committed.set(groupId, nextOffset);
        },
        pause: (delayMs) => {
          pausedMs = Math.min(delayMs, LONGEST_PAUSE_MS);
        },
      };
      const { endOffset } = partition;
      await loop.run({ topic, partition: id, items, endOffset }, session);
      if (pausedMs > 0) await delay(pausedMs);
    }
  }
}
