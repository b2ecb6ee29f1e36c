import { TOPICS } from '@broadsheet/contracts';
import type { OutgoingRecord } from '../log.port.ts';

const BATCH_OVERHEAD_BYTES = 128;
/** Kafka's max.message.bytes where a topic sets none. */
const DEFAULT_MAX_BATCH_BYTES = 1_048_588;
const MAX_BATCH_BYTES = new Map(
  TOPICS.map(({ name, config }) => [name, Number(config['max.message.bytes'])]),
);

/** Lengths, deltas and attributes of one record at their longest, and of one header. */
const RECORD_OVERHEAD_BYTES = 32;
const HEADER_OVERHEAD_BYTES = 10;

/** An upper bound of the bytes a record takes in a batch, before compression. */
export function measureRecordBytes(record: OutgoingRecord): number {
  let bytes = RECORD_OVERHEAD_BYTES + lengthOf(record.key) + lengthOf(record.value);
  for (const [name, value] of Object.entries(record.headers)) {
    const values = typeof value === 'string' || Buffer.isBuffer(value) ? [value] : value;
    const nameBytes = HEADER_OVERHEAD_BYTES + Buffer.byteLength(name);
    for (const one of values) bytes += nameBytes + lengthOf(one);
  }
  return bytes;
}

function lengthOf(value: string | Buffer | null): number {
  if (value === null) return 0;
  return typeof value === 'string' ? Buffer.byteLength(value) : value.length;
}

/** The most that one record, or all records of one batch, may take on a topic before compression. */
export function maxRecordBytesOf(topic: string): number {
  return (MAX_BATCH_BYTES.get(topic) ?? DEFAULT_MAX_BATCH_BYTES) - BATCH_OVERHEAD_BYTES;
}
