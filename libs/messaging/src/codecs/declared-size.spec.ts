import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declaredGzipBytes, declaredZstdBytes } from './declared-size.ts';

const sizes = [0, 1, 255, 256, 257, 65_791, 65_792, 300_000];

describe('the size that compressed bytes declare', () => {
  it.each(sizes)('is right for %i bytes', (size) => {
    const bytes = Buffer.alloc(size, 'ab');
    expect(declaredZstdBytes(zstdCompressSync(bytes))).toBe(size);
    expect(declaredGzipBytes(gzipSync(bytes))).toBe(size);
  });

  it('is read from a frame with a window and a dictionary, and from eight bytes', () => {
    const frame = (descriptor: number, rest: readonly number[]) =>
      Buffer.from([0x28, 0xb5, 0x2f, 0xfd, descriptor, ...rest]);
    expect(declaredZstdBytes(frame(0x81, [0, 9, 1, 2, 0, 0]))).toBe(513);
    expect(declaredZstdBytes(frame(0xe0, [1, 0, 0, 0, 1, 0, 0, 0]))).toBe(2 ** 32 + 1);
    expect(declaredZstdBytes(frame(0x00, [0, 1, 2]))).toBeNull();
  });

  it('is none where the bytes are something else or cut short', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const declared = declaredZstdBytes(Buffer.from(bytes));
        if (bytes.length < 5) expect(declared).toBeNull();
        const gzip = declaredGzipBytes(Buffer.from(bytes));
        expect(gzip === null).toBe(bytes.length < 18);
      }),
    );
    expect(declaredZstdBytes(zstdCompressSync(Buffer.alloc(70_000)).subarray(0, 6))).toBeNull();
  });
});
