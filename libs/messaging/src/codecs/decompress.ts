import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync, zstdDecompress, zstdDecompressSync } from 'node:zlib';
import { decompressFrame } from 'lz4-napi';
import { uncompress } from 'snappy';
import { BatchUndecodable } from '../messaging.errors.ts';
import { declaredGzipBytes, declaredZstdBytes } from './declared-size.ts';
import { measureLz4Frame } from './lz4-frame.ts';
import { readSnappyBlocks } from './snappy-framing.ts';

const gunzipAsync = promisify(gunzip);
const zstdDecompressAsync = promisify(zstdDecompress);

/** Below this many compressed bytes a hop to the thread pool costs more than the work itself. */
const SYNC_BELOW_BYTES = 32 * 1024;
/** How many times longer text usually is than its compressed form, where that does not say. */
const EXPECTED_RATIO = 4;
/** zlib asks for more memory whenever an output fills what it was given, even at the very end. */
const SPARE_BYTES = 64;

export interface Inflated {
  readonly bytes: Buffer;
  /** Memory that holds these bytes and nothing else; null where that is not sure. */
  readonly memory: ArrayBuffer | null;
}

/**
 * The bytes that Kafka's codec number (the low three bits of a batch's attributes) stands for.
 * Throws when they are malformed or would be longer than `maxBytes`: batches come from outside.
 */
export async function decompress(
  codec: number,
  bytes: Buffer,
  maxBytes: number,
): Promise<Inflated> {
  switch (codec) {
    case 0:
      return unowned(bytes);
    case 1:
      return decompressGzip(bytes, maxBytes);
    case 2:
      return decompressSnappy(bytes, maxBytes);
    case 3:
      return decompressLz4(bytes, maxBytes);
    case 4:
      return decompressZstd(bytes, maxBytes);
    default:
      throw new BatchUndecodable(`the batch names an unknown codec, ${codec}`);
  }
}

async function decompressGzip(bytes: Buffer, maxBytes: number): Promise<Inflated> {
  const options = outputOptions(bytes, maxBytes, declaredGzipBytes(bytes));
  const gzip = { ...options, finishFlush: constants.Z_FINISH };
  const inflated =
    bytes.length < SYNC_BELOW_BYTES ? gunzipSync(bytes, gzip) : await gunzipAsync(bytes, gzip);
  return owned(inflated);
}

async function decompressZstd(bytes: Buffer, maxBytes: number): Promise<Inflated> {
  const options = outputOptions(bytes, maxBytes, declaredZstdBytes(bytes));
  const inflated =
    bytes.length < SYNC_BELOW_BYTES
      ? zstdDecompressSync(bytes, options)
      : await zstdDecompressAsync(bytes, options);
  return owned(inflated);
}

/** The output in one piece where its size is known: in pieces it is allocated and copied twice. */
function outputOptions(bytes: Buffer, maxBytes: number, declaredBytes: number | null) {
  const guess = declaredBytes ?? bytes.length * EXPECTED_RATIO;
  const chunkSize = Math.max(1024, Math.min(guess, maxBytes) + SPARE_BYTES);
  return { maxOutputLength: maxBytes, chunkSize };
}

/**
 * zlib keeps no hold of its output, whether that came in one piece or was put together. The first buffer of a pool
 * begins where the pool does, but no buffer that is longer than a pool lies in one.
 */
function owned(bytes: Buffer): Inflated {
  const { buffer, byteOffset } = bytes;
  const isAlone = byteOffset === 0 && buffer.byteLength > Buffer.poolSize;
  return { bytes, memory: isAlone && buffer instanceof ArrayBuffer ? buffer : null };
}

function unowned(bytes: Buffer): Inflated {
  return { bytes, memory: null };
}

async function decompressSnappy(bytes: Buffer, maxBytes: number): Promise<Inflated> {
  const blocks = readSnappyBlocks(bytes, maxBytes);
  const parts = await Promise.all(blocks.map((block) => uncompress(block)));
  const [first] = parts;
  if (parts.length === 1 && first instanceof Buffer) return unowned(first);
  const buffers = parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part));
  return unowned(Buffer.concat(buffers));
}

async function decompressLz4(bytes: Buffer, maxBytes: number): Promise<Inflated> {
  // lz4-napi has no limit on its output: know the size before it allocates.
  const size = measureLz4Frame(bytes);
  if (size > maxBytes) throw new BatchUndecodable(`an lz4 frame inflates to ${size} bytes`);
  return unowned(await decompressFrame(bytes));
}
