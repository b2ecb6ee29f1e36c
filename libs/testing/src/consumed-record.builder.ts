import type { ConsumedRecord, RecordBatch } from '@broadsheet/messaging';

export interface RecordParts {
  readonly topic?: string;
  readonly partition?: number;
  readonly offset?: bigint;
  readonly key?: string | Buffer | null;
  readonly value?: string | Buffer | null;
  readonly headers?: Readonly<Record<string, string | Buffer>>;
  readonly timestampMs?: number;
}

/** A record as if it had been read from a topic. */
export function consumedRecord(parts: RecordParts = {}): ConsumedRecord {
  return {
    topic: parts.topic ?? 'articles.raw',
    partition: parts.partition ?? 0,
    offset: parts.offset ?? 0n,
    key: toBuffer(parts.key ?? null),
    value: toBuffer(parts.value ?? null),
    headers: new Map(
      Object.entries(parts.headers ?? {}).map(([name, value]) => [name, [Buffer.from(value)]]),
    ),
    timestampMs: parts.timestampMs ?? Date.UTC(2026, 2, 2, 6),
  };
}

/** Consecutive records of one partition; offsets that were not given count up from 0. */
export function recordBatch(parts: readonly RecordParts[], signal?: AbortSignal): RecordBatch {
  const records = parts.map((part, index) => consumedRecord({ offset: BigInt(index), ...part }));
  return {
    topic: records[0]?.topic ?? 'articles.raw',
    partition: records[0]?.partition ?? 0,
    records,
    signal: signal ?? new AbortController().signal,
  };
}

function toBuffer(value: string | Buffer | null): Buffer | null {
  return value === null ? null : Buffer.from(value);
}
