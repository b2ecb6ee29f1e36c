import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync, zstdDecompress, zstdDecompressSync } from 'node:zlib';
import { decompressFrame } from 'lz4-napi';
import { uncompress } from 'snappy';
import { BatchUndecodable } from '../messaging.errors.ts';
import { measureLz4Frame } from './lz4-frame.ts';
import { readSnappyBlocks } from './snappy-framing.ts';

const gunzipAsync = promisify(gunzip);
const zstdDecompressAsync = promisify(zstdDecompress);

/** Below this many compressed bytes a hop to the thread pool costs more than the work itself. */
const SYNC_BELOW_BYTES = 32 * 1024;
/** How many times longer text usually is than its compressed form. */
const EXPECTED_RATIO = 4;

/**
 * The bytes that Kafka's codec number (the low three bits of a batch's attributes) stands for.
 * Throws when they are malformed or would be longer than `maxBytes`: batches come from outside.
 */
export async function decompress(codec: number, bytes: Buffer, maxBytes: number): Promise<Buffer> {
  switch (codec) {
    case 0:
      return bytes;
    case 1:
      return inflate(bytes, maxBytes);
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

function inflate(bytes: Buffer, maxBytes: number): Buffer | Promise<Buffer> {
  const options = { ...outputOptions(bytes, maxBytes), finishFlush: constants.Z_FINISH };
  return bytes.length < SYNC_BELOW_BYTES ? gunzipSync(bytes, options) : gunzipAsync(bytes, options);
}

function decompressZstd(bytes: Buffer, maxBytes: number): Buffer | Promise<Buffer> {
  const options = outputOptions(bytes, maxBytes);
  return bytes.length < SYNC_BELOW_BYTES
    ? zstdDecompressSync(bytes, options)
    : zstdDecompressAsync(bytes, options);
}

/** The output in few pieces: the default of 16 KiB makes hundreds of a batch of pages. */
function outputOptions(bytes: Buffer, maxBytes: number) {
  const guess = bytes.length * EXPECTED_RATIO;
  return { maxOutputLength: maxBytes, chunkSize: Math.max(1024, Math.min(guess, maxBytes)) };
}

async function decompressSnappy(bytes: Buffer, maxBytes: number): Promise<Buffer> {
  const blocks = readSnappyBlocks(bytes, maxBytes);
  const parts = await Promise.all(blocks.map((block) => uncompress(block)));
  const [first] = parts;
  if (parts.length === 1 && first instanceof Buffer) return first;
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

async function decompressLz4(bytes: Buffer, maxBytes: number): Promise<Buffer> {
  // lz4-napi has no limit on its output: know the size before it allocates.
  const size = measureLz4Frame(bytes);
  if (size > maxBytes) throw new BatchUndecodable(`an lz4 frame inflates to ${size} bytes`);
  return decompressFrame(bytes);
}
