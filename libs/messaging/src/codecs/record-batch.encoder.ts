import { ByteWriter, sizedBytes, varintBytes } from './byte-writer.ts';
import { crc32c } from './crc32c.ts';

/** A record to be written, in the terms of kafkajs' Message. */
export interface EncodableRecord {
  readonly key?: Buffer | string | null;
  readonly value: Buffer | string | null;
  readonly headers?: Readonly<
    Record<string, Buffer | string | readonly (Buffer | string)[] | undefined>
  >;
  /** Milliseconds since the epoch. */
  readonly timestamp?: string;
}

/** Who writes; ids of -1 stand for a producer without idempotence. */
export interface BatchOrigin {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly firstSequence: number;
  readonly isTransactional: boolean;
}

/** Kafka's number of a codec, and what compresses with it. */
export interface BatchCodec {
  readonly number: number;
  readonly compress: (bytes: Buffer) => Promise<Buffer>;
}

/** Everything of a batch of format 2 up to the count of its records, that included. */
const HEADER_BYTES = 61;
/** What the length of a batch does not count: the first offset and the length. */
const LENGTH_PREFIX_BYTES = 12;
const CHECKSUM_AT = 17;
/** Where the part begins that the checksum is about. */
const CHECKED_FROM = 21;
const FORMAT = 2;
const NO_LEADER_EPOCH = 0;
const TRANSACTIONAL = 0x10;

interface MeasuredRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly (readonly [Buffer, Buffer | null])[];
  readonly timestampMs: number;
}

/**
 * One record batch of format 2 (KIP-98) in two parts, its first record at offset 0 as producers number
 * them. Records are measured first, then written into memory that is allocated once.
 */
export async function encodeRecordBatch(
  records: readonly EncodableRecord[],
  origin: BatchOrigin,
  codec: BatchCodec | null,
  nowMs: number,
): Promise<readonly [Buffer, Buffer]> {
  const measured = records.map((record) => toMeasured(record, nowMs));
  const firstTimestampMs = measured[0]?.timestampMs ?? nowMs;
  const plain = writeRecords(measured, firstTimestampMs);
  const body = codec === null ? plain : await codec.compress(plain);
  const maxTimestampMs = measured.reduce((max, one) => Math.max(max, one.timestampMs), 0);
  const attributes = (codec?.number ?? 0) | (origin.isTransactional ? TRANSACTIONAL : 0);
  const facts = { attributes, count: measured.length, firstTimestampMs, maxTimestampMs };
  return [writeHeader(facts, origin, body), body];
}

interface BatchFacts {
  readonly attributes: number;
  readonly count: number;
  readonly firstTimestampMs: number;
  readonly maxTimestampMs: number;
}

function writeHeader(facts: BatchFacts, origin: BatchOrigin, body: Buffer): Buffer {
  const writer = new ByteWriter(Buffer.allocUnsafe(HEADER_BYTES));
  writer.writeInt64(0n);
  writer.writeInt32(HEADER_BYTES - LENGTH_PREFIX_BYTES + body.length);
  writer.writeInt32(NO_LEADER_EPOCH);
  writer.writeInt8(FORMAT);
  writer.writeUInt32(0);
  writer.writeInt16(facts.attributes);
  writer.writeInt32(facts.count - 1);
  writer.writeInt64(BigInt(facts.firstTimestampMs));
  writer.writeInt64(BigInt(facts.maxTimestampMs));
  writer.writeInt64(origin.producerId);
  writer.writeInt16(origin.producerEpoch);
  writer.writeInt32(origin.firstSequence);
  writer.writeInt32(facts.count);
  const header = writer.bytes;
  header.writeUInt32BE(crc32c(body, crc32c(header.subarray(CHECKED_FROM))), CHECKSUM_AT);
  return header;
}

function toMeasured(record: EncodableRecord, nowMs: number): MeasuredRecord {
  const timestampMs = record.timestamp === undefined ? nowMs : Number(record.timestamp);
  const headers = Object.entries(record.headers ?? {}).flatMap(([name, value]) => {
    const nameBytes = Buffer.from(name);
    const values = isList(value) ? value : [value];
    return values.map((one) => [nameBytes, toBytes(one)] as const);
  });
  return { key: toBytes(record.key), value: toBytes(record.value), headers, timestampMs };
}

function writeRecords(records: readonly MeasuredRecord[], firstTimestampMs: number): Buffer {
  const sizes = records.map((record, index) => bodyBytes(record, index, firstTimestampMs));
  const total = sizes.reduce((sum, size) => sum + varintBytes(size) + size, 0);
  // Not out of Node's pool, of which large batches would each keep a page alive.
  const writer = new ByteWriter(Buffer.allocUnsafeSlow(total));
  records.forEach((record, index) => {
    writer.writeVarint(sizes[index] ?? 0);
    writer.writeInt8(0);
    writer.writeVarint(record.timestampMs - firstTimestampMs);
    writer.writeVarint(index);
    writer.writeSized(record.key);
    writer.writeSized(record.value);
    writer.writeVarint(record.headers.length);
    for (const [name, value] of record.headers) {
      writer.writeSized(name);
      writer.writeSized(value);
    }
  });
  return writer.bytes;
}

function bodyBytes(record: MeasuredRecord, index: number, firstTimestampMs: number): number {
  let bytes = 1 + varintBytes(record.timestampMs - firstTimestampMs) + varintBytes(index);
  bytes += sizedBytes(record.key) + sizedBytes(record.value) + varintBytes(record.headers.length);
  for (const [name, value] of record.headers) bytes += sizedBytes(name) + sizedBytes(value);
  return bytes;
}

function isList(
  value: Buffer | string | readonly (Buffer | string)[] | undefined,
): value is readonly (Buffer | string)[] {
  return Array.isArray(value);
}

function toBytes(value: Buffer | string | null | undefined): Buffer | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? Buffer.from(value) : value;
}
