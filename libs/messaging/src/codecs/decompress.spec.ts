import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { compressFrameSync } from 'lz4-napi';
import { compressSync } from 'snappy';
import { describe, expect, it } from 'vitest';
import { frameXerial } from '../contract/xerial.builder.ts';
import { type Inflated, decompress } from './decompress.ts';
import { measureLz4Frame } from './lz4-frame.ts';

const FORMS: readonly (readonly [string, number, (bytes: Buffer) => Buffer])[] = [
  ['gzip', 1, (bytes) => gzipSync(bytes)],
  ['raw snappy', 2, (bytes) => compressSync(bytes)],
  ['snappy in frames', 2, (bytes) => frameXerial(bytes)],
  ['lz4', 3, (bytes) => compressFrameSync(bytes)],
  ['zstd', 4, (bytes) => zstdCompressSync(bytes)],
];

/** Bytes that compress as text does: repeated here and there. */
const content = fc
  .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 300 })))
  .map((parts) =>
    Buffer.concat(parts.flatMap(([bytes, times]) => Array.from({ length: times }, () => bytes))),
  );

describe.each(FORMS)('a batch in %s', (_, codec, compress) => {
  it('inflates to what it was', async () => {
    await fc.assert(
      fc.asyncProperty(content, async (bytes) => {
        const inflated = await decompress(codec, compress(bytes), bytes.length + 1);
        expect(inflated.bytes.equals(bytes)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('is refused when it would inflate beyond the limit, and taken at the limit', async () => {
    const bytes = Buffer.alloc(100_000, 'abc');
    await expect(decompress(codec, compress(bytes), 99_999)).rejects.toThrow(Error);
    const { bytes: inflated } = await decompress(codec, compress(bytes), 100_000);
    expect(inflated).toHaveLength(100_000);
  });

  it('is refused when bytes of it are changed or missing, or gives bytes within the limit', async () => {
    const good = compress(Buffer.from('An article about a river. '.repeat(100)));
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: good.length - 1 }),
        fc.nat({ max: 255 }),
        fc.nat({ max: good.length }),
        async (at, byte, length) => {
          const bad = Buffer.from(good.subarray(0, length));
          if (at < bad.length) bad[at] = byte;
          const outcome = await decompress(codec, bad, 4_000).catch((error: unknown) => error);
          if (outcome instanceof Error) return;
          expect(outcome).toHaveProperty('bytes');
          expect((outcome as Inflated).bytes.length).toBeLessThanOrEqual(4_000);
        },
      ),
    );
  });
});

describe('the codecs', () => {
  it.each([
    ['gzip', 1, gzipSync],
    ['zstd', 4, zstdCompressSync],
  ] as const)(
    'give what %s held in memory of its own, which can be freed',
    async (_, codec, compress) => {
      const bytes = Buffer.alloc(500_000, 'An article about a river. ');
      const inflated = await decompress(codec, compress(bytes), 1_000_000);
      expect(inflated.bytes.equals(bytes)).toBe(true);
      expect(inflated.memory).toBe(inflated.bytes.buffer);
      inflated.memory?.transfer(0);
      expect(inflated.bytes).toHaveLength(0);
    },
  );

  it.each([
    ['gzip', 1, gzipSync],
    ['zstd', 4, zstdCompressSync],
  ] as const)(
    'never give memory that other buffers share as what %s held alone',
    async (_, codec, compress) => {
      const compressed = compress(Buffer.alloc(3_000, 'An article about a river. '));
      // Enough of them that some begin a pool.
      for (let filled = 0; filled < 4 * Buffer.poolSize; filled += 3_000) {
        const { memory } = await decompress(codec, compressed, 1_000_000);
        expect(memory).toBeNull();
      }
    },
  );

  it('do not guess at a number that Kafka has not given out', async () => {
    await expect(decompress(7, Buffer.from('x'), 10)).rejects.toThrow('unknown codec, 7');
  });

  it('know the size of an lz4 frame without inflating it', () => {
    fc.assert(
      fc.property(content, (bytes) => {
        expect(measureLz4Frame(compressFrameSync(bytes))).toBe(bytes.length);
      }),
    );
  });
});
