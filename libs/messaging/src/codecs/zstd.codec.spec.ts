import { describe, expect, it } from 'vitest';
import { declaredZstdBytes } from './declared-size.ts';
import { zstdCodec } from './zstd.codec.ts';

describe('the zstd of what is sent', () => {
  it.each([1_000, 200_000])('says in the frame what %i bytes inflate to', async (size) => {
    const buffer = Buffer.alloc(size, 'An article about a river. ');
    const frame = await zstdCodec.compress({ buffer });
    expect(declaredZstdBytes(frame)).toBe(size);
    expect((await zstdCodec.decompress(frame)).equals(buffer)).toBe(true);
  });
});
