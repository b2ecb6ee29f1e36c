import { promisify } from 'node:util';
import { zstdCompress, zstdCompressSync, zstdDecompress } from 'node:zlib';

const compressAsync = promisify(zstdCompress);
const decompressAsync = promisify(zstdDecompress);

/** Below this many bytes a hop to the thread pool costs more than the work itself. */
const SYNC_BELOW_BYTES = 32 * 1024;

/** zstd for what this library sends, in the form that kafkajs asks for. */
export const zstdCodec = {
  async compress({ buffer }: { buffer: Buffer }): Promise<Buffer> {
    return buffer.length < SYNC_BELOW_BYTES ? zstdCompressSync(buffer) : compressAsync(buffer);
  },
  decompress(buffer: Buffer): Promise<Buffer> {
    return decompressAsync(buffer);
  },
};
