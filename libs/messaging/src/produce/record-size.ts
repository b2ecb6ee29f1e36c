import type { OutgoingRecord } from '../log.port.ts';

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
