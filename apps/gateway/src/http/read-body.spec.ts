import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readBody } from './read-body.ts';

const PLAIN = { contentEncoding: undefined, maxBytes: 100 };

describe('reading a body', () => {
  it('takes bytes as they come, also encoded ones', async () => {
    const source = new PassThrough();
    const reading = readBody(source, { ...PLAIN, contentEncoding: 'gzip' });
    for (const byte of gzipSync('drop by drop')) source.write(Buffer.of(byte));
    source.end();
    expect(String(await reading)).toBe('drop by drop');
  });

  it('does not wait for ever for one that sends byte by byte', async () => {
    const source = new PassThrough();
    const sending = setInterval(() => source.write('x'), 1);
    await expect(readBody(source, { ...PLAIN, maxBytes: 1e6, maxMs: 30 })).rejects.toMatchObject({
      status: 408,
      code: 'REQUEST_TIMED_OUT',
      headers: { connection: 'close' },
    });
    clearInterval(sending);
  });

  it('holds no more than it may', async () => {
    const source = new PassThrough();
    const reading = readBody(source, PLAIN);
    source.end('x'.repeat(101));
    await expect(reading).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });
});
