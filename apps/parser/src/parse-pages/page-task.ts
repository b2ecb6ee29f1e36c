import type { ConsumedRecord } from '@broadsheet/messaging';
import type { SettledRecord } from '../parse-article/settle-record.ts';

/** A record on its way to another thread, in memory of its own. */
export interface PageTask {
  readonly serial: number;
  readonly nowMs: number;
  readonly record: Omit<ConsumedRecord, 'key' | 'value' | 'headers'> & {
    readonly key: Uint8Array | null;
    readonly value: Uint8Array<ArrayBuffer> | null;
    readonly headers: ReadonlyMap<string, readonly Uint8Array[]>;
  };
}

/** What a thread answers, in the order in which it was handed the pages. */
export interface PageAnswer {
  readonly serial: number;
  readonly settled: SettledRecord;
}

/** Buffers of a record are views into a whole fetch, all of which would be cloned with them. */
export function toPageTask(record: ConsumedRecord, serial: number, now: Date): PageTask {
  const headers = [...record.headers].map(([name, values]) => [name, values.map(copyOf)] as const);
  return {
    serial,
    nowMs: now.getTime(),
    record: {
      topic: record.topic,
      partition: record.partition,
      offset: record.offset,
      timestampMs: record.timestampMs,
      key: record.key && copyOf(record.key),
      value: record.value && copyOf(record.value),
      headers: new Map(headers),
    },
  };
}

export function toRecord({ record }: PageTask): ConsumedRecord {
  const headers = [...record.headers].map(
    ([name, values]) => [name, values.map(asBuffer)] as const,
  );
  return {
    ...record,
    key: record.key && asBuffer(record.key),
    value: record.value && asBuffer(record.value),
    headers: new Map(headers),
  };
}

function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
