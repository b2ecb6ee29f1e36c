import type { Readable, Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from 'node:zlib';
import { drain } from './drain.ts';
import { Problem } from './problem.errors.ts';

/** 16 MiB, more than the ordinary levels of zstd use; a header may ask for much more. */
const MAX_ZSTD_WINDOW_LOG = 24;

export interface BodyOptions {
  readonly contentEncoding: string | undefined;
  /** Counted after decoding. */
  readonly maxBytes: number;
  /** Told of each chunk; what it throws ends the reading. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * The decoded body. Never holds more than `maxBytes` and one chunk.
 * @throws {Problem} what `onBytes` throws, TOO_LARGE, CONTENT_ENCODING_UNSUPPORTED, CONTENT_ENCODING_INVALID, BODY_INCOMPLETE
 */
export async function readBody(source: Readable, options: BodyOptions): Promise<Buffer> {
  const body = decoded(source, options.contentEncoding);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Destroying the request would destroy the connection, and the answer with it.
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > options.maxBytes) throw tooLarge(options.maxBytes);
      options.onBytes?.(chunk.byteLength);
      chunks.push(chunk);
    }
  } catch (error) {
    if (body !== source) {
      source.unpipe();
      body.destroy();
    }
    await drain(source);
    throw error instanceof Problem ? error : unreadable(error, body !== source);
  }
  return Buffer.concat(chunks, size);
}

/**
 * The body as it was before its content encoding; the source itself where there is none.
 * @throws {Problem} CONTENT_ENCODING_UNSUPPORTED
 */
export function decoded(source: Readable, contentEncoding: string | undefined): Readable {
  const decoder = decoderFor(contentEncoding?.trim().toLowerCase() ?? '');
  if (decoder === null) return source;
  source.once('error', (error) => decoder.destroy(error));
  source.once('close', () => {
    if (!source.readableEnded) decoder.destroy(new Error('the connection was closed'));
  });
  return source.pipe(decoder);
}

function decoderFor(encoding: string): Transform | null {
  switch (encoding) {
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress({
        params: { [constants.ZSTD_d_windowLogMax]: MAX_ZSTD_WINDOW_LOG },
      });
    default:
      throw new Problem(
        415,
        'CONTENT_ENCODING_UNSUPPORTED',
        'the content encoding is none of gzip, deflate, br, zstd',
        { headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } },
      );
  }
}

function tooLarge(maxBytes: number): Problem {
  return new Problem(413, 'TOO_LARGE', `the body is larger than ${maxBytes} bytes`, {
    headers: { connection: 'close' },
  });
}

function unreadable(error: unknown, isEncoded: boolean): Problem {
  const isOfCodec = error instanceof Error && 'errno' in error;
  return isEncoded && isOfCodec
    ? new Problem(400, 'CONTENT_ENCODING_INVALID', 'the body is not in its content encoding')
    : new Problem(400, 'BODY_INCOMPLETE', 'the body ended before its end');
}
