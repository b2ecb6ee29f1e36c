/** A record as it was read from a topic. A header name maps to every value it was given, in order. */
export interface ConsumedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: ReadonlyMap<string, readonly Buffer[]>;
  readonly timestampMs: number;
}

/** Consecutive records of one partition. `signal` aborts when the handler's deadline has passed. */
export interface RecordBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly ConsumedRecord[];
  readonly signal: AbortSignal;
}

/** A record that can never be processed: it is dead-lettered before the chunk is committed. */
export interface RecordFailure {
  readonly record: ConsumedRecord;
  /** Stable reason, see REJECTION_CODES in contracts. */
  readonly code: string;
  readonly error: Error;
}

/** Resolving means: the effect of every record but the failures is durable. */
export interface BatchResult {
  readonly failures: readonly RecordFailure[];
}

/**
 * Processes one chunk. Throw SinkUnavailable when a store or broker behind the handler is away: the
 * partition pauses and nothing is dead-lettered. Any other error is tried again, then bisected.
 * Handlers know no offsets and must be idempotent.
 */
export type BatchHandler = (batch: RecordBatch) => Promise<BatchResult>;

export interface OutgoingRecord {
  readonly topic: string;
  readonly key: string | Buffer | null;
  readonly value: Buffer | string | null;
  readonly headers: Readonly<Record<string, string | Buffer | readonly (string | Buffer)[]>>;
}

/** Where a sent record landed. */
export interface RecordPlacement {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

export interface SendOptions {
  /** Whole time a send may take, in milliseconds. */
  readonly deadlineMs?: number;
}

/** Durable (acks=all) when it resolves; placements are in the order of the records. */
export interface LogProducer {
  send(
    records: readonly OutgoingRecord[],
    options?: SendOptions,
  ): Promise<readonly RecordPlacement[]>;
}
