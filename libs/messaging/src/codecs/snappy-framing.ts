import { BatchUndecodable } from '../messaging.errors.ts';

/** How Java's snappy stream (xerial) begins: magic, then version and compatible version. */
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;
const LENGTH_BYTES = 4;
const MAX_LENGTH_VARINT_BYTES = 5;

/**
 * The raw snappy blocks of a batch: the bytes themselves, or, framed as Java producers do, each
 * block behind its length. Throws when the blocks together would inflate beyond `maxBytes`.
 */
export function readSnappyBlocks(bytes: Buffer, maxBytes: number): readonly Buffer[] {
  const blocks = bytes.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)
    ? readXerialBlocks(bytes)
    : [bytes];
  const size = blocks.reduce((sum, block) => sum + readInflatedLength(block), 0);
  if (size > maxBytes) throw new BatchUndecodable(`a snappy batch inflates to ${size} bytes`);
  return blocks;
}

function readXerialBlocks(bytes: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  let position = XERIAL_HEADER_BYTES;
  while (position < bytes.length) {
    if (bytes.length - position < LENGTH_BYTES) throw new BatchUndecodable('a snappy frame is cut');
    const length = bytes.readInt32BE(position);
    const start = position + LENGTH_BYTES;
    if (length < 1 || length > bytes.length - start) {
      throw new BatchUndecodable('a snappy block ends outside of its frame');
    }
    blocks.push(bytes.subarray(start, start + length));
    position = start + length;
  }
  return blocks;
}

/** Every snappy block begins with its inflated length, little-endian in groups of seven bits. */
function readInflatedLength(block: Buffer): number {
  let length = 0;
  for (let index = 0; index < MAX_LENGTH_VARINT_BYTES; index += 1) {
    const byte = block[index];
    if (byte === undefined) break;
    length += (byte & 0x7f) * 128 ** index;
    if (byte < 0x80) return length;
  }
  throw new BatchUndecodable('a snappy block does not say its length');
}
