import { crc32c } from '../codecs/crc32c.ts';

/** The parts of a record as a test names them. */
export interface RecordParts {
  readonly offsetDelta: number;
  readonly key?: Buffer | null;
  readonly value?: Buffer | null;
  readonly headers?: readonly (readonly [string, Buffer])[];
  readonly timestampDeltaMs?: number;
}

export interface BatchParts {
  readonly firstOffset?: bigint;
  readonly lastOffsetDelta?: number;
  readonly attributes?: number;
  readonly firstTimestampMs?: bigint;
  readonly maxTimestampMs?: bigint;
  readonly count?: number;
  /** What stands behind the header, after compression. */
  readonly payload: Buffer;
  readonly format?: number;
}

/** A record batch of format 2 (KIP-98) from its parts, with the right checksum. */
export function recordBatchBytes(parts: BatchParts): Buffer {
  const header = Buffer.alloc(61);
  header.writeBigInt64BE(parts.firstOffset ?? 0n, 0);
  header.writeInt32BE(header.length - 12 + parts.payload.length, 8);
  header.writeInt8(parts.format ?? 2, 16);
  header.writeInt16BE(parts.attributes ?? 0, 21);
  header.writeInt32BE(parts.lastOffsetDelta ?? 0, 23);
  header.writeBigInt64BE(parts.firstTimestampMs ?? 0n, 27);
  header.writeBigInt64BE(parts.maxTimestampMs ?? 0n, 35);
  header.writeBigInt64BE(-1n, 43);
  header.writeInt32BE(parts.count ?? 1, 57);
  const batch = Buffer.concat([header, parts.payload]);
  batch.writeUInt32BE(crc32c(batch.subarray(21)), 17);
  return batch;
}

/** The bytes of records, one behind the other, before compression. */
export function recordBytes(records: readonly RecordParts[]): Buffer {
  return Buffer.concat(records.map(oneRecord));
}

function oneRecord(record: RecordParts): Buffer {
  const headers = record.headers ?? [];
  const body = Buffer.concat([
    Buffer.from([0]),
    varint(record.timestampDeltaMs ?? 0),
    varint(record.offsetDelta),
    sized(record.key ?? null),
    sized(record.value ?? null),
    varint(headers.length),
    ...headers.flatMap(([name, value]) => [sized(Buffer.from(name)), sized(value)]),
  ]);
  return Buffer.concat([varint(body.length), body]);
}

function sized(bytes: Buffer | null): Buffer {
  return bytes === null ? varint(-1) : Buffer.concat([varint(bytes.length), bytes]);
}

/** A number in zigzag form, seven bits a byte, low bits first. */
function varint(value: number): Buffer {
  let rest = value >= 0 ? BigInt(value) * 2n : BigInt(-value) * 2n - 1n;
  const bytes: number[] = [];
  while (rest >= 128n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}
