import { constants, gunzipSync } from 'node:zlib';

const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Files that were compressed before they were put on a server; what the transport compressed is inflated by then. */
export function isGzipFile(bytes: Uint8Array): boolean {
  return bytes[0] === GZIP_MAGIC[0] && bytes[1] === GZIP_MAGIC[1];
}

/**
 * The content of a gzip file, any other file as it is; null where it is broken or holds more than `maxBytes`.
 * One that is cut off gives what it holds.
 */
export function inflateFile(bytes: Uint8Array, maxBytes: number): Uint8Array | null {
  if (!isGzipFile(bytes)) return bytes;
  try {
    return gunzipSync(bytes, {
      maxOutputLength: maxBytes,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
  } catch {
    return null;
  }
}
