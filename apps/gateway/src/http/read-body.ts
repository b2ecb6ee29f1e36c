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

/** A body that is read whole has so long; a stream of lines may take its time. */
const MAX_BODY_MS = 60_000;

export interface BodyOptions {
  readonly contentEncoding: string | undefined;
  /** Counted after decoding. */
  readonly maxBytes: number;
  /** Told of each chunk; what it throws ends the reading. */
  readonly onBytes?: (bytes: number) => void;
  readonly maxMs?: number;
}

/**
 * The decoded body. Never holds more than `maxBytes` and one chunk.
 * @throws {Problem} what `onBytes` throws, TOO_LARGE, REQUEST_TIMED_OUT, CONTENT_ENCODING_UNSUPPORTED, CONTENT_ENCODING_INVALID, BODY_INCOMPLETE
 */
export async function readBody(source: Readable, options: BodyOptions): Promise<Buffer> {
  const body = decoded(source, options.contentEncoding);
  const deadline = startDeadline(options.maxMs ?? MAX_BODY_MS);
  try {
    return await collect(body, options, deadline.passed);
  } catch (error) {
    if (body !== source) {
      source.unpipe();
      body.destroy();
    }
    const isLate = error instanceof Problem && error.status === 408;
    if (!isLate) await drain(source);
    throw error instanceof Problem ? error : unreadable(error, body !== source);
  } finally {
    deadline.cancel();
  }
}

async function collect(
  body: Readable,
  { maxBytes, onBytes }: BodyOptions,
  passed: Promise<never>,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Destroying the request would destroy the connection, and the answer with it.
  const iterator = body.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer, undefined>;
  for (;;) {
    const next = await Promise.race([iterator.next(), passed]);
    if (next.done === true) return Buffer.concat(chunks, size);
    size += next.value.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    onBytes?.(next.value.byteLength);
    chunks.push(next.value);
  }
}

function startDeadline(durationMs: number): {
  readonly passed: Promise<never>;
  readonly cancel: () => void;
} {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooSlow()), durationMs);
  });
  // Nobody may be waiting when it passes.
  passed.catch(() => undefined);
  return { passed, cancel: () => clearTimeout(timer) };
}

function tooSlow(): Problem {
  return new Problem(408, 'REQUEST_TIMED_OUT', 'the request did not come to its end in time', {
    headers: { connection: 'close' },
  });
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
