import { BatchUndecodable, toError } from '../messaging.errors.ts';
import { ByteReader } from './byte-reader.ts';
import { crc32c } from './crc32c.ts';
import { decompress } from './decompress.ts';

/** Offsets of a partition, both ends included, that could not be read. */
export interface UndecodableRange {
  readonly firstOffset: bigint;
  readonly lastOffset: bigint;
  readonly timestampMs: number;
  readonly error: Error;
}

interface FetchedRecord {
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: ReadonlyMap<string, readonly Buffer[]>;
  readonly timestampMs: number;
}

/** One element as kafkajs passes it on: it looks at the first four fields and leaves `content` alone. */
export interface FetchedMessage {
  readonly offset: string;
  readonly key: Buffer | null;
  readonly isControlRecord: boolean;
  readonly batchContext: { readonly producerId: string; readonly inTransaction: boolean };
  readonly content: FetchedRecord | UndecodableRange | null;
  /** What holds the bytes of this and of other records of the batch, and nothing else; or null. */
  readonly memory: ArrayBuffer | null;
}

/** Bounds on one partition of one fetch response. */
export interface DecodeLimits {
  /** Decoding stops after the batch that crosses it; the rest is fetched again later. */
  readonly softBytes: number;
  readonly maxBatchBytes: number;
  readonly maxBatchRecords: number;
  readonly maxRecordHeaders: number;
}

const MIB = 1024 * 1024;
const DECODE_LIMITS: DecodeLimits = {
  softBytes: 2 * MIB,
  maxBatchBytes: 32 * MIB,
  maxBatchRecords: 100_000,
  maxRecordHeaders: 1_000,
};

/** Bytes before the records: everything of a batch of format 2 up to the count of its records. */
const BATCH_HEADER_BYTES = 61;
/** Offset and length, which the length does not count. */
const LENGTH_PREFIX_BYTES = 12;
const CHECKSUM_AT = 17;
/** Where the part begins that the checksum is about. */
const CHECKED_FROM = 21;
const FORMAT = 2;
const CODEC_MASK = 0x07;
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
const NO_HEADERS: ReadonlyMap<string, readonly Buffer[]> = new Map();

interface BatchHeader {
  readonly firstOffset: bigint;
  readonly lastOffset: bigint;
  readonly attributes: number;
  readonly firstTimestampMs: number;
  readonly maxTimestampMs: number;
  readonly count: number;
  readonly context: FetchedMessage['batchContext'];
}

/**
 * Decodes the record batches of one partition of a fetch response (format 2, KIP-98). Never throws
 * for what is inside a batch: an undecodable batch, or its undecodable rest, becomes one message whose
 * content is an UndecodableRange. A batch cut off at the end is left out, as fetch sizes cut there.
 */
export async function decodeRecordBatches(
  bytes: Buffer,
  limits: DecodeLimits = DECODE_LIMITS,
): Promise<FetchedMessage[]> {
  const messages: FetchedMessage[] = [];
  let position = 0;
  let decodedBytes = 0;
  while (bytes.length - position >= BATCH_HEADER_BYTES && decodedBytes < limits.softBytes) {
    const end = position + LENGTH_PREFIX_BYTES + bytes.readInt32BE(position + 8);
    if (end > bytes.length || end < position + BATCH_HEADER_BYTES) break;
    const behind = bytes.length - end >= 8 ? bytes.readBigInt64BE(end) : null;
    const header = readHeader(bytes.subarray(position, end), behind);
    decodedBytes += await decodeBatch(bytes.subarray(position, end), header, limits, messages);
    position = end;
  }
  return messages;
}

/** Appends the batch's messages; returns how many bytes they hold. */
async function decodeBatch(
  batch: Buffer,
  header: BatchHeader,
  limits: DecodeLimits,
  messages: FetchedMessage[],
): Promise<number> {
  const target: Target = { messages, nextOffset: header.firstOffset, memory: null };
  try {
    verify(batch);
    if (header.count > limits.maxBatchRecords) {
      throw new BatchUndecodable(`a batch holds more than ${limits.maxBatchRecords} records`);
    }
    const { bytes: records, memory } = await decompress(
      header.attributes & CODEC_MASK,
      batch.subarray(BATCH_HEADER_BYTES),
      limits.maxBatchBytes,
    );
    target.memory = memory;
    readRecords(records, header, limits, target);
    // kafkajs never moves past a batch without messages: give it one that it filters out.
    if (header.count <= 0) messages.push(message(header, header.lastOffset, null));
    return records.length;
  } catch (thrown) {
    pushUndecodable(target, header, header.lastOffset, toError(thrown));
    return batch.length;
  }
}

function verify(batch: Buffer): void {
  if (batch.readInt8(16) !== FORMAT) throw new BatchUndecodable('the record format is not 2');
  if (batch.readUInt32BE(CHECKSUM_AT) !== crc32c(batch.subarray(CHECKED_FROM))) {
    throw new BatchUndecodable('the checksum of a batch is not that of its bytes');
  }
}

/** `behind` is the offset at which the next batch begins, where it is known: no batch reaches so far. */
function readHeader(batch: Buffer, behind: bigint | null): BatchHeader {
  const firstOffset = batch.readBigInt64BE(0);
  const attributes = batch.readInt16BE(21);
  const isCurrent = batch.readInt8(16) === FORMAT;
  const lastOffsetDelta = isCurrent ? Math.max(0, batch.readInt32BE(23)) : 0;
  const lastOffset = firstOffset + BigInt(lastOffsetDelta);
  const isTooFar = behind !== null && behind > firstOffset && lastOffset >= behind;
  return {
    firstOffset,
    lastOffset: isTooFar ? behind - 1n : lastOffset,
    attributes,
    firstTimestampMs: Number(batch.readBigInt64BE(27)),
    maxTimestampMs: Number(batch.readBigInt64BE(35)),
    count: batch.readInt32BE(57),
    context: {
      producerId: batch.readBigInt64BE(43).toString(),
      inTransaction: (attributes & TRANSACTIONAL) !== 0,
    },
  };
}

interface Target {
  readonly messages: FetchedMessage[];
  nextOffset: bigint;
  memory: ArrayBuffer | null;
}

function readRecords(
  bytes: Buffer,
  header: BatchHeader,
  limits: DecodeLimits,
  target: Target,
): void {
  const reader = new ByteReader(bytes);
  for (let index = 0; index < header.count; index += 1) {
    const length = reader.readVarint();
    const end = reader.position + length;
    if (length < 0 || length > reader.remaining) {
      throw new BatchUndecodable('a record ends outside of its batch');
    }
    readRecord(reader, header, limits, target);
    if (reader.position > end) throw new BatchUndecodable('a record is longer than it says');
    reader.position = end;
  }
}

function readRecord(
  reader: ByteReader,
  header: BatchHeader,
  limits: DecodeLimits,
  target: Target,
): void {
  reader.skip(1);
  const timestampDeltaMs = reader.readVarint();
  const offset = header.firstOffset + BigInt(reader.readVarint());
  if (offset < target.nextOffset || offset > header.lastOffset) {
    throw new BatchUndecodable('the offsets of a batch are out of order');
  }
  const key = reader.readBytes();
  const value = reader.readBytes();
  const headerCount = reader.readVarint();
  if (headerCount > limits.maxRecordHeaders) {
    const error = new BatchUndecodable(`a record has more than ${limits.maxRecordHeaders} headers`);
    target.nextOffset = offset;
    pushUndecodable(target, header, offset, error);
    return;
  }
  const timestampMs =
    (header.attributes & LOG_APPEND_TIME) === 0
      ? header.firstTimestampMs + timestampDeltaMs
      : header.maxTimestampMs;
  const headers = readHeaders(reader, headerCount);
  const record = { offset, key, value, headers, timestampMs };
  target.messages.push({ ...message(header, offset, record), key, memory: target.memory });
  target.nextOffset = offset + 1n;
}

function readHeaders(reader: ByteReader, count: number): ReadonlyMap<string, readonly Buffer[]> {
  if (count <= 0) return NO_HEADERS;
  const headers = new Map<string, Buffer[]>();
  for (let index = 0; index < count; index += 1) {
    const name = (reader.readBytes() ?? Buffer.alloc(0)).toString('utf8');
    const value = reader.readBytes() ?? Buffer.alloc(0);
    const values = headers.get(name);
    if (values === undefined) headers.set(name, [value]);
    else values.push(value);
  }
  return headers;
}

function message(
  header: BatchHeader,
  offset: bigint,
  content: FetchedMessage['content'],
): FetchedMessage {
  return {
    offset: offset.toString(),
    key: null,
    isControlRecord: (header.attributes & CONTROL) !== 0 || content === null,
    batchContext: header.context,
    content,
    memory: null,
  };
}

function pushUndecodable(
  target: Target,
  header: BatchHeader,
  lastOffset: bigint,
  error: Error,
): void {
  const firstOffset = target.nextOffset;
  if (firstOffset > lastOffset) return;
  const range = { firstOffset, lastOffset, timestampMs: header.maxTimestampMs, error };
  target.messages.push(message(header, lastOffset, range));
  target.nextOffset = lastOffset + 1n;
}
