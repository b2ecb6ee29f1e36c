import type { MessagingLog } from '../client/messaging-log.ts';
import type { BatchHandler } from '../log.port.ts';
import { HandlerContractBroken, toError } from '../messaging.errors.ts';
import { outageDelayMs, retryDelayMs } from './back-off.ts';
import { type Chunk, type FetchedItem, cutChunk } from './chunking.ts';
import { runChunk } from './chunk-run.ts';
import type { ConsumerObserver } from './consumer-observer.ts';
import type { DeadLetterWriter, Trial } from './dead-letter-writer.ts';
import { classifyFailure, deadLetterCodeOf } from './failure-kind.ts';
import {
  type FailedChunk,
  type Suspicion,
  decideAfterFailure,
  decideAfterSuccess,
  needsProbe,
} from './failure-policy.ts';
import type { ProgressTracker } from './progress-tracker.ts';

/** What one fetch brought for one partition. */
export interface FetchedBatch {
  readonly topic: string;
  readonly partition: number;
  readonly items: readonly FetchedItem[];
  /** The offset behind the partition's last record. */
  readonly endOffset: bigint;
}

/** What the loop needs of the client that fetched a batch. */
export interface BatchSession {
  /** False once the consumer stops or may have lost the partition. */
  isActive(): boolean;
  /** Throws when the group rebalances. */
  heartbeat(): Promise<void>;
  commit(nextOffset: bigint): Promise<void>;
  /** Fetches the partition again after `delayMs`, from what was committed. */
  pause(delayMs: number): void;
}

export interface ChunkSettings {
  readonly maxRecords: number;
  readonly maxBytes: number;
  readonly deadlineMs: number;
  /** Milliseconds a handler may outlive its deadline before the process is ended. */
  readonly graceMs: number;
}

export const DEFAULT_CHUNK: ChunkSettings = {
  maxRecords: 500,
  maxBytes: 8 * 1024 * 1024,
  deadlineMs: 15_000,
  graceMs: 10_000,
};

export interface BatchLoopOptions {
  readonly groupId: string;
  readonly chunk: ChunkSettings;
  readonly handlerOf: (topic: string) => BatchHandler;
  readonly deadLetters: DeadLetterWriter;
  /** Resolves when the store or broker behind the handlers can be reached. */
  readonly probeSink: () => Promise<void>;
  readonly onFatal: (error: Error) => void;
  readonly tracker: ProgressTracker;
  readonly observer: ConsumerObserver;
  readonly log: MessagingLog;
  readonly now: () => number;
}

interface PartitionTrouble {
  suspicion: Suspicion | null;
  outagesInARow: number;
  firstFailedAtMs: number | null;
}

/** done: commit and go on · again: cut another chunk from the same offset · pause: leave the batch. */
type Step = { kind: 'done' } | { kind: 'again' } | { kind: 'pause'; delayMs: number };

const PROBE_TIMEOUT_MS = 5_000;

/**
 * Runs handlers over fetched batches, chunk by chunk: the effect first, then the dead letters, then
 * the commit. Knows nothing of the client that fetches.
 */
export class BatchLoop {
  private readonly troubles = new Map<string, PartitionTrouble>();

  constructor(private readonly options: BatchLoopOptions) {}

  /** Resolves with whether everything of the batch is done and committed. */
  async run(batch: FetchedBatch, session: BatchSession): Promise<boolean> {
    let index = 0;
    while (session.isActive()) {
      const trouble = this.troubleOf(batch);
      const chunk = cutChunk(batch.items, index, this.limitsOf(trouble));
      if (chunk === null) return true;
      const step = await this.runStep(batch, chunk, session);
      if (step.kind === 'pause') {
        session.pause(step.delayMs);
        return false;
      }
      if (step.kind === 'again') continue;
      await this.commit(batch, chunk, session);
      index += chunk.kind === 'records' ? chunk.records.length : 1;
      await session.heartbeat();
    }
    return false;
  }

  private limitsOf({ suspicion }: PartitionTrouble) {
    const { maxRecords, maxBytes } = this.options.chunk;
    return {
      maxBytes,
      maxRecords: Math.min(maxRecords, suspicion?.bisection?.maxRecords ?? maxRecords),
    };
  }

  private async runStep(batch: FetchedBatch, chunk: Chunk, session: BatchSession): Promise<Step> {
    const trouble = this.troubleOf(batch);
    if (chunk.kind === 'undecodable') {
      return this.writeLetters(batch, (trial) =>
        this.options.deadLetters.writeUndecodable(batch, chunk.range, trial),
      );
    }
    const { chunk: settings, handlerOf, onFatal } = this.options;
    const startedAtMs = this.options.now();
    const outcome = await runChunk(chunk.records, {
      handler: handlerOf(batch.topic),
      deadlineMs: settings.deadlineMs,
      graceMs: settings.graceMs,
      heartbeat: () => session.heartbeat(),
      onHung: onFatal,
    });
    if (outcome.kind === 'failed') {
      trouble.firstFailedAtMs ??= this.options.now();
      return this.afterFailure(batch, chunk, outcome.error);
    }
    this.observe(batch, chunk.records.length, startedAtMs);
    return this.writeLetters(batch, (trial) =>
      this.options.deadLetters.write(batch.topic, outcome.failures, trial),
    );
  }

  private async afterFailure(
    batch: FetchedBatch,
    chunk: Chunk & { kind: 'records' },
    error: Error,
  ): Promise<Step> {
    const trouble = this.troubleOf(batch);
    if (error instanceof HandlerContractBroken) {
      this.options.onFatal(error);
      return this.waitForSink(batch, error);
    }
    const failed = describeFailed(chunk, error);
    const isReachable = !needsProbe(trouble.suspicion, failed) || (await this.isSinkReachable());
    const decision = decideAfterFailure(trouble.suspicion, failed, isReachable);
    if (decision.kind === 'wait') return this.waitForSink(batch, error);
    this.logFailure(batch, failed, error, decision.kind);
    if (decision.kind === 'dead-letter') {
      const [record] = chunk.records;
      const failure = { record, code: deadLetterCodeOf(error), error };
      const step = await this.writeLetters(batch, (trial) =>
        this.options.deadLetters.write(batch.topic, [failure], trial),
      );
      if (step.kind === 'done') trouble.suspicion = decision.suspicion;
      return step;
    }
    trouble.suspicion = decision.suspicion;
    return decision.kind === 'bisect'
      ? { kind: 'again' }
      : { kind: 'pause', delayMs: retryDelayMs(decision.suspicion.failures) };
  }

  /** A dead letter that cannot be written blocks the commit, like any other outage. */
  private async writeLetters(
    batch: FetchedBatch,
    write: (trial: Trial) => Promise<void>,
  ): Promise<Step> {
    const { suspicion, firstFailedAtMs } = this.troubleOf(batch);
    const attempts = (suspicion?.failures ?? 0) + 1;
    try {
      await write({ attempts, firstFailedAtMs: firstFailedAtMs ?? this.options.now() });
      return { kind: 'done' };
    } catch (thrown) {
      return this.waitForSink(batch, toError(thrown));
    }
  }

  private waitForSink(batch: FetchedBatch, error: Error): Step {
    const { topic, partition } = batch;
    const trouble = this.troubleOf(batch);
    trouble.outagesInARow += 1;
    const delayMs = outageDelayMs(trouble.outagesInARow);
    const { groupId, log, tracker } = this.options;
    log('warn', 'paused a partition', { groupId, topic, partition, delayMs, error: error.message });
    tracker.onPaused(topic, partition);
    return { kind: 'pause', delayMs };
  }

  private async isSinkReachable(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), PROBE_TIMEOUT_MS);
    });
    const probe = this.options.probeSink().then(
      () => true,
      () => false,
    );
    const isReachable = await Promise.race([probe, timeout]);
    clearTimeout(timer);
    return isReachable;
  }

  private async commit(batch: FetchedBatch, chunk: Chunk, session: BatchSession): Promise<void> {
    const { topic, partition, endOffset } = batch;
    const last = lastOf(chunk);
    const trouble = this.troubleOf(batch);
    trouble.suspicion = decideAfterSuccess(trouble.suspicion, last.offset);
    trouble.outagesInARow = 0;
    trouble.firstFailedAtMs = null;
    await session.commit(last.offset + 1n);
    const lag = Number(endOffset - last.offset - 1n);
    this.options.tracker.onCommitted(topic, partition, Math.max(0, lag), last.timestampMs);
  }

  private observe({ topic, partition }: FetchedBatch, records: number, startedAtMs: number): void {
    const { groupId, observer, now } = this.options;
    const seconds = (now() - startedAtMs) / 1_000;
    observer.onChunkDone?.({ groupId, topic, partition, records, seconds });
  }

  private logFailure(batch: FetchedBatch, failed: FailedChunk, error: Error, next: string): void {
    this.options.log('warn', 'a chunk failed', {
      groupId: this.options.groupId,
      topic: batch.topic,
      partition: batch.partition,
      firstOffset: String(failed.firstOffset),
      records: failed.records,
      next,
      error: error.message,
      stack: error.stack,
    });
  }

  private troubleOf({ topic, partition }: FetchedBatch): PartitionTrouble {
    const key = `${topic}/${partition}`;
    const known = this.troubles.get(key);
    if (known !== undefined) return known;
    const fresh = { suspicion: null, outagesInARow: 0, firstFailedAtMs: null };
    this.troubles.set(key, fresh);
    return fresh;
  }
}

function describeFailed({ records }: Chunk & { kind: 'records' }, error: Error): FailedChunk {
  return {
    firstOffset: records[0].offset,
    lastOffset: records.at(-1)?.offset ?? records[0].offset,
    records: records.length,
    failure: classifyFailure(error),
  };
}

function lastOf(chunk: Chunk): { readonly offset: bigint; readonly timestampMs: number } {
  if (chunk.kind === 'records') return chunk.records.at(-1) ?? chunk.records[0];
  return { offset: chunk.range.lastOffset, timestampMs: chunk.range.timestampMs };
}
