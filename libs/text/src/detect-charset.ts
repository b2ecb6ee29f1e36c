import { isUtf8 } from 'node:buffer';
import jschardet from 'jschardet';

const SAMPLE_BYTES = 16_384;
const SEARCHED_BYTES = 262_144;
const SURROUNDING_BYTES = 24;
const MIN_CONFIDENCE = 0.2;
const ESCAPE = 0x1b;

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
  const length = lengthByLead(bytes[position] ?? 0);
  for (let index = 1; index < length; index += 1) {
    if (((bytes[position + index] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

function lengthByLead(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** UTF-8, possibly with a few broken bytes: other charsets hardly ever form its sequences by chance. */
export function isMostlyUtf8(bytes: Uint8Array): boolean {
  if (isUtf8(bytes)) return true;
  const { goodSequences, badBytes } = utf8Evidence(bytes);
  return goodSequences > badBytes * 3;
}

/** UTF-16 without a byte order mark, told by letters of Latin-1, blanks and markup beside a zero byte. */
export function utf16ByZeroBytes(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const units = Math.min(bytes.length, 1_024) >> 1;
  const little = zeroUnits(bytes, units, 1);
  const big = zeroUnits(bytes, units, 0);
  const [most, fewest] = little > big ? [little, big] : [big, little];
  // A few of the other kind are letters such as U+4E00, whose low byte is zero.
  if (most < Math.max(2, units * 0.03) || fewest > most * 0.05) return null;
  return little > big ? 'utf-16le' : 'utf-16be';
}

/** Pairs of bytes whose byte at `zeroAt` is zero beside one that can be a character of text. */
function zeroUnits(bytes: Uint8Array, units: number, zeroAt: 0 | 1): number {
  let found = 0;
  for (let index = 0; index < units * 2; index += 2) {
    const partner = bytes[index + 1 - zeroAt] ?? 0;
    if (bytes[index + zeroAt] === 0 && isPrintable(partner)) found += 1;
  }
  return found;
}

function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte >= 0xa0 || isTabOrLineEnd(byte);
}

function isTabOrLineEnd(byte: number): boolean {
  return byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** Whether the bytes switch character sets with escape sequences, as ISO-2022-JP does in pure ASCII. */
export function hasEscapeSequences(bytes: Uint8Array): boolean {
  const position = bytes.indexOf(ESCAPE);
  return position >= 0 && (bytes[position + 1] === 0x24 || bytes[position + 1] === 0x28);
}

/** Charset labels by letter statistics, likeliest first; empty where nothing stands out. */
export function guessCharsets(bytes: Uint8Array): string[] {
  const sample = hasEscapeSequences(bytes) ? bytes.subarray(0, SAMPLE_BYTES) : telling(bytes);
  return jschardet
    .detectAll(Buffer.from(sample))
    .filter((guess) => guess.confidence >= MIN_CONFIDENCE)
    .map((guess) => guess.encoding ?? '');
}

/**
 * The surroundings of bytes that are not ASCII. Markup and scripts are the same in every charset and
 * would drown the text; without them a small sample is enough.
 */
function telling(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(SAMPLE_BYTES);
  const end = Math.min(bytes.length, SEARCHED_BYTES);
  let length = 0;
  let copiedTo = 0;
  let keptTo = 0;
  for (let index = 0; index < end && length < SAMPLE_BYTES; index += 1) {
    if ((bytes[index] ?? 0) >= 0x80) {
      copiedTo = Math.max(copiedTo, index - SURROUNDING_BYTES);
      keptTo = index + SURROUNDING_BYTES;
    }
    if (index >= keptTo) continue;
    const piece = bytes.subarray(copiedTo, Math.min(index + 1, copiedTo + SAMPLE_BYTES - length));
    sample.set(piece, length);
    length += piece.length;
    copiedTo = index + 1;
  }
  return sample.subarray(0, length);
}
