const ZSTD_MAGIC = 0xfd2fb528;
const ZSTD_DICTIONARY_BYTES = [0, 1, 2, 4] as const;
/** Header and trailer of a gzip member at their shortest. */
const MIN_GZIP_BYTES = 18;

/**
 * How many bytes a zstd frame says to inflate to (RFC 8878, section 3.1.1.1); null where it does not
 * say. A claim from outside: good for choosing how much memory to try first, and no more.
 */
export function declaredZstdBytes(frame: Buffer): number | null {
  if (frame.length < 5 || frame.readUInt32LE(0) !== ZSTD_MAGIC) return null;
  const { at, sizeBytes } = placeOfSize(frame[4] ?? 0);
  if (sizeBytes === 0 || frame.length < at + sizeBytes) return null;
  if (sizeBytes === 8) return Number(frame.readBigUInt64LE(at));
  // Two bytes begin to count where one ends.
  return frame.readUIntLE(at, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
}

function placeOfSize(descriptor: number): { at: number; sizeBytes: number } {
  const sizeFlag = descriptor >> 6;
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const windowBytes = isSingleSegment ? 0 : 1;
  return {
    at: 5 + windowBytes + (ZSTD_DICTIONARY_BYTES[descriptor & 0x03] ?? 0),
    sizeBytes: sizeFlag === 0 ? Number(isSingleSegment) : 1 << sizeFlag,
  };
}

/** The same of gzip (RFC 1952): what its last member says, modulo 2^32. */
export function declaredGzipBytes(bytes: Buffer): number | null {
  return bytes.length < MIN_GZIP_BYTES ? null : bytes.readUInt32LE(bytes.length - 4);
}
