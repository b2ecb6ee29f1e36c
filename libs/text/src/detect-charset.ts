import { isUtf8 } from 'node:buffer';
import jschardet from 'jschardet';

const SAMPLE_BYTES = 16_384;
const SEARCHED_BYTES = 262_144;
const MIN_CONFIDENCE = 0.2;
const ESCAPE = 0x1b;
const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;

export interface Utf8Evidence {
  readonly goodSequences: number;
  readonly badBytes: number;
}

/** Counts what speaks for and against UTF-8 among the bytes that are not ASCII. */
export function utf8Evidence(bytes: Uint8Array): Utf8Evidence {
  let goodSequences = 0;
  let badBytes = 0;
  let position = 0;
  const end = Math.min(bytes.length, SEARCHED_BYTES);
  while (position < end) {
    const length = sequenceLength(bytes, position);
    if (length > 1) goodSequences += 1;
    else if (length === 0) badBytes += 1;
    position += Math.max(length, 1);
  }
  return { goodSequences, badBytes };
}

/** 1 for ASCII, 2 to 4 for a whole sequence, 0 for a byte that starts none. */
function sequenceLength(bytes: Uint8Array, position: number): number {
  const lead = bytes[position] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead >= 0xf5) return 0;
  for (let index = 1; index < length; index += 1) {
    if (((bytes[position + index] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/** UTF-8, possibly with a few broken bytes: other charsets hardly ever form its sequences by chance. */
export function isMostlyUtf8(bytes: Uint8Array): boolean {
  if (isUtf8(bytes)) return true;
  const { goodSequences, badBytes } = utf8Evidence(bytes);
  return goodSequences > badBytes * 3;
}

/** UTF-16 without a byte order mark, told by the zero bytes of Latin letters, blanks and markup. */
export function utf16ByZeroBytes(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length, 1_024) & ~1;
  if (length < 4) return null;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) evenZeros += 1;
    if (bytes[index + 1] === 0) oddZeros += 1;
  }
  const units = length / 2;
  if (oddZeros > units * 0.1 && evenZeros < oddZeros * 0.05) return 'utf-16le';
  if (evenZeros > units * 0.1 && oddZeros < evenZeros * 0.05) return 'utf-16be';
  return null;
}

/** Whether the bytes switch character sets with escape sequences, as ISO-2022-JP does in pure ASCII. */
export function hasEscapeSequences(bytes: Uint8Array): boolean {
  const position = bytes.indexOf(ESCAPE);
  return position >= 0 && (bytes[position + 1] === 0x24 || bytes[position + 1] === 0x28);
}

/** Charset labels by letter statistics, likeliest first; empty where nothing stands out. */
export function guessCharsets(bytes: Uint8Array): string[] {
  return jschardet
    .detectAll(telling(bytes))
    .filter((guess) => guess.confidence >= MIN_CONFIDENCE)
    .map((guess) => guess.encoding ?? '');
}

/** Markup is the same in every charset and drowns the text: without it a small sample is enough. */
function telling(bytes: Uint8Array): Buffer {
  const sample = Buffer.alloc(SAMPLE_BYTES);
  let length = 0;
  let isInTag = false;
  const end = Math.min(bytes.length, SEARCHED_BYTES);
  for (let index = 0; index < end && length < SAMPLE_BYTES; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === LESS_THAN) isInTag = true;
    if (!isInTag) {
      sample[length] = byte;
      length += 1;
    }
    if (byte === GREATER_THAN) isInTag = false;
  }
  return sample.subarray(0, length);
}
