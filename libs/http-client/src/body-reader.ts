import type { Readable, Transform } from 'node:stream';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { BodyCorrupt, BodyTooLarge, EncodingRefused } from './http-client.errors.ts';

/** More layers than this are only sent to exhaust the reader. */
const MAX_CODINGS = 2;
/** Low four bits of a zlib header (RFC 1950): method "deflate". */
const ZLIB_METHOD_MASK = 0x0f;
const ZLIB_METHOD_DEFLATE = 8;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Truncated streams give what they hold, as browsers do. */
const LENIENT = { finishFlush: constants.Z_SYNC_FLUSH };
const LENIENT_BROTLI = { finishFlush: constants.BROTLI_OPERATION_FLUSH };

/** Zstandard over HTTP needs no window above 8 MiB (RFC 9659); a larger one is an attack on memory. */
const ZSTD_ON_THE_WEB = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

function inflaterFor(coding: string, start: Buffer): Transform | null {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      // Servers that declare gzip over plain bytes exist; the bytes say what they are.
      return start[0] === GZIP_MAGIC[0] && start[1] === GZIP_MAGIC[1]
        ? createGunzip(LENIENT)
        : null;
    case 'deflate':
      return ((start[0] ?? 0) & ZLIB_METHOD_MASK) === ZLIB_METHOD_DEFLATE
        ? createInflate(LENIENT)
        : createInflateRaw(LENIENT);
    case 'br':
      return createBrotliDecompress(LENIENT_BROTLI);
    case 'zstd':
      return createZstdDecompress(ZSTD_ON_THE_WEB);
    default:
      throw new EncodingRefused(`content-encoding ${coding.slice(0, 40)} is not read here`);
  }
}

/** Codings in the order in which they must be undone. */
function codingsOf(contentEncoding: string | undefined): readonly string[] {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity' && coding !== 'none')
    .toReversed();
  if (codings.length > MAX_CODINGS) throw new EncodingRefused('more than two content codings');
  return codings;
}

interface Collector {
  readonly sink: Writable;
  readonly bytes: () => Buffer;
}

/** Collects the first `maxBytes`; one more ends the stream with BodyTooLarge. */
function collectInto(maxBytes: number, what: string): Collector {
  const chunks: Buffer[] = [];
  let size = 0;
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.subarray(0, maxBytes - size));
      size += chunk.length;
      if (size > maxBytes) {
        done(new BodyTooLarge(`the ${what} is larger than ${maxBytes} bytes`));
        return;
      }
      done();
    },
  });
  return { sink, bytes: () => Buffer.concat(chunks) };
}

/** What `fill` writes, within the limits. */
async function collect(
  limits: BodyLimits,
  what: string,
  fill: (sink: Writable) => Promise<void>,
): Promise<Buffer> {
  const { sink, bytes } = collectInto(limits.maxBodyBytes, what);
  try {
    await fill(sink);
  } catch (error) {
    if (!(error instanceof BodyTooLarge && limits.cutsOff === true)) throw error;
  }
  return bytes();
}

async function inflate(coded: Buffer, coding: string, limits: BodyLimits): Promise<Buffer> {
  const inflater = inflaterFor(coding, coded);
  if (inflater === null || coded.length === 0) return coded;
  try {
    return await collect(limits, 'inflated body', (sink) => pipeline([coded], inflater, sink));
  } catch (error) {
    if (error instanceof BodyTooLarge) throw error;
    throw new BodyCorrupt(`the ${coding} body cannot be inflated`, { cause: error });
  }
}

export interface BodyLimits {
  /** Applies to the bytes on the wire and, apart, to the inflated bytes. */
  readonly maxBodyBytes: number;
  /** Whether a larger body is cut off there, instead of refused. */
  readonly cutsOff?: boolean;
}

/**
 * Reads and inflates a body within its limits. The wire bytes are collected first: they are capped, and
 * whether "deflate" is raw, or "gzip" is not gzip at all, shows in the first bytes only.
 * @throws BodyTooLarge, EncodingRefused, BodyCorrupt
 */
export async function readBody(
  stream: Readable,
  contentEncoding: string | undefined,
  limits: BodyLimits,
): Promise<Buffer> {
  const codings = codingsOf(contentEncoding);
  let body = await collect(limits, 'body', (sink) => pipeline(stream, sink));
  for (const coding of codings) body = await inflate(body, coding, limits);
  return body;
}
