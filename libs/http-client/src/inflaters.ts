import type { Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { EncodingRefused } from './http-client.errors.ts';

/** Low four bits of a zlib header (RFC 1950): method "deflate". */
const ZLIB_METHOD_MASK = 0x0f;
const ZLIB_METHOD_DEFLATE = 8;
const GZIP_MAGIC = [0x1f, 0x8b];
const ZSTD_MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
/** Flags of a gzip header (RFC 1952 §2.3.1), and where it ends without any of them. */
const FLAGS_AT = 3;
const HEADER_CHECKSUM = 2;
const EXTRA_FIELD = 4;
const NAME = 8;
const COMMENT = 16;
const BARE_HEADER_LENGTH = 10;

/** Truncated streams give what they hold, as browsers do. */
const LENIENT = { finishFlush: constants.Z_SYNC_FLUSH };
const LENIENT_BROTLI = { finishFlush: constants.BROTLI_OPERATION_FLUSH };
/** Zstandard over HTTP needs no window above 8 MiB (RFC 9659); a larger one is an attack on memory. */
const ZSTD_ON_THE_WEB = {
  finishFlush: constants.ZSTD_e_continue,
  params: { [constants.ZSTD_d_windowLogMax]: 23 },
};

function beginsWith(body: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, index) => body[index] === byte);
}

/** What undoes a coding; null where the bytes say that it was never applied. */
export function inflaterFor(coding: string, body: Buffer): Transform | null {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return beginsWith(body, GZIP_MAGIC) ? createGunzip(LENIENT) : null;
    case 'deflate':
      return ((body[0] ?? 0) & ZLIB_METHOD_MASK) === ZLIB_METHOD_DEFLATE
        ? createInflate(LENIENT)
        : createInflateRaw(LENIENT);
    case 'br':
      return createBrotliDecompress(LENIENT_BROTLI);
    case 'zstd':
      return beginsWith(body, ZSTD_MAGIC) ? createZstdDecompress(ZSTD_ON_THE_WEB) : null;
    default:
      throw new EncodingRefused(`content-encoding ${coding.slice(0, 40)} is not read here`);
  }
}

function afterZero(body: Buffer, at: number): number {
  const zero = body.indexOf(0, at);
  return zero === -1 ? body.length : zero + 1;
}

function endOfGzipHeader(body: Buffer): number {
  const flags = body[FLAGS_AT] ?? 0;
  let at = BARE_HEADER_LENGTH;
  if (flags & EXTRA_FIELD) at += 2 + (body[at] ?? 0) + (body[at + 1] ?? 0) * 256;
  if (flags & NAME) at = afterZero(body, at);
  if (flags & COMMENT) at = afterZero(body, at);
  return flags & HEADER_CHECKSUM ? at + 2 : at;
}

/** A text that servers say is compressed, though it is not. */
function isMarkupOrJson(body: Buffer): boolean {
  const start = body.subarray(0, 256).toString('latin1');
  return /^(?:\xEF\xBB\xBF)?[\t\n\r ]*[<{[]/.test(start) && !/[\0-\x08\x0E-\x1F]/.test(start);
}

/** How a body can be read that its coding does not fit. */
export type SecondReading = readonly [inflater: Transform, coded: Buffer] | 'as-it-is' | null;

/**
 * What browsers put up with: of gzip the first stream counts alone, whatever its checksum and whatever comes after
 * it. Beyond that, gzip is known under another name, and markup that was never compressed.
 */
export function readAgain(body: Buffer): SecondReading {
  if (beginsWith(body, GZIP_MAGIC)) {
    return [createInflateRaw(LENIENT), body.subarray(endOfGzipHeader(body))];
  }
  return isMarkupOrJson(body) ? 'as-it-is' : null;
}
