import { BatchUndecodable } from '../messaging.errors.ts';

const MAGIC = 0x184d2204;
/** Magic, flags, block size and checksum; sizes and dictionaries come on top. */
const MIN_HEADER_BYTES = 7;
const HAS_BLOCK_CHECKSUMS = 0x10;
const HAS_CONTENT_SIZE = 0x08;
const HAS_DICTIONARY = 0x01;
const IS_STORED = 0x80000000;
const MIN_MATCH_LENGTH = 4;
const LENGTH_CONTINUES = 15;

/**
 * How many bytes an LZ4 frame inflates to, found by walking its blocks without inflating them
 * (LZ4 Frame Format 1.6.4, LZ4 Block Format). Costs a pass over the sequences of each block.
 */
export function measureLz4Frame(frame: Buffer): number {
  const { checksumBytes, headerBytes } = readDescriptor(frame);
  let position = headerBytes;
  let total = 0;
  for (;;) {
    if (frame.length - position < 4) throw new BatchUndecodable('an lz4 frame has no end mark');
    const word = frame.readUInt32LE(position);
    if (word === 0) return total;
    const length = word % IS_STORED;
    const start = position + 4;
    if (length > frame.length - start) throw new BatchUndecodable('an lz4 block is cut');
    total += word >= IS_STORED ? length : measureBlock(frame, start, start + length);
    position = start + length + checksumBytes;
  }
}

function readDescriptor(frame: Buffer): { checksumBytes: number; headerBytes: number } {
  if (frame.length < MIN_HEADER_BYTES || frame.readUInt32LE(0) !== MAGIC) {
    throw new BatchUndecodable('an lz4 batch does not begin as a frame');
  }
  const flags = frame[4] ?? 0;
  const sizeBytes = (flags & HAS_CONTENT_SIZE) === 0 ? 0 : 8;
  const dictionaryBytes = (flags & HAS_DICTIONARY) === 0 ? 0 : 4;
  return {
    checksumBytes: (flags & HAS_BLOCK_CHECKSUMS) === 0 ? 0 : 4,
    headerBytes: MIN_HEADER_BYTES + sizeBytes + dictionaryBytes,
  };
}

/** Sums the literals and matches of one block. */
function measureBlock(frame: Buffer, start: number, end: number): number {
  let position = start;
  let total = 0;

  const readLength = (nibble: number): number => {
    let length = nibble;
    if (nibble < LENGTH_CONTINUES) return length;
    for (;;) {
      if (position >= end) throw new BatchUndecodable('an lz4 length is cut');
      const byte = frame[position] ?? 0;
      position += 1;
      length += byte;
      if (byte !== 255) return length;
    }
  };

  while (position < end) {
    const token = frame[position] ?? 0;
    position += 1;
    const literals = readLength(token >> 4);
    position += literals;
    total += literals;
    // The last sequence of a block has no match.
    if (position >= end) break;
    position += 2;
    total += MIN_MATCH_LENGTH + readLength(token & 0x0f);
  }
  if (position > end) throw new BatchUndecodable('an lz4 block ends within a sequence');
  return total;
}
