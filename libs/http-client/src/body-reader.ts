import type { Readable, Transform } from 'node:stream';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BodyCorrupt, BodyTooLarge, EncodingRefused } from './http-client.errors.ts';
import { inflaterFor, readAgain } from './inflaters.ts';

/** More layers than this are only sent to exhaust the reader. */
const MAX_CODINGS = 2;
/** What servers write there though it is none: charsets, encodings of mail and of transfer. */
const NO_CODINGS =
  /^(?:|identity|none|plain|binary|[78]bit|chunked|ascii|us-ascii|utf-?8|utf-?16|iso-8859-\d{1,2}|windows-\d{3,4})$/;

/** Codings in the order in which they must be undone. */
function codingsOf(contentEncoding: string | undefined): readonly string[] {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => !NO_CODINGS.test(coding))
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

function inflateWith(inflater: Transform, coded: Buffer, limits: BodyLimits): Promise<Buffer> {
  return collect(limits, 'inflated body', (sink) => pipeline([coded], inflater, sink));
}

async function inflateAgain(coded: Buffer, limits: BodyLimits): Promise<Buffer> {
  const second = readAgain(coded);
  if (second === null) throw new BodyCorrupt('no other reading of it');
  return second === 'as-it-is' ? coded : inflateWith(...second, limits);
}

async function inflate(coded: Buffer, coding: string, limits: BodyLimits): Promise<Buffer> {
  const inflater = inflaterFor(coding, coded);
  if (inflater === null || coded.length === 0) return coded;
  try {
    return await inflateWith(inflater, coded, limits).catch((error: unknown) => {
      if (error instanceof BodyTooLarge) throw error;
      return inflateAgain(coded, limits);
    });
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
