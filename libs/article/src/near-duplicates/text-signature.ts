import { combine, spread } from './hash-mixing.ts';
import { readWords } from './read-words.ts';
import { shinglesOf } from './shingles.ts';

const HASHES = 128;
const BANDS = 24;
const ROWS = 3;

/**
 * What leads from a text to those that share much of it (MinHash; Broder 1997). Of two texts that share
 * the part J of their shingles, each hash is the same with probability J.
 */
export interface TextSignature {
  /** The lowest byte of each hash: enough to estimate J, see estimateSimilarity. */
  readonly sketch: Uint8Array;
  /** Hashes over three hashes each; texts that share none of them are not compared. */
  readonly bands: Int32Array;
}

const MULTIPLIERS = Int32Array.from({ length: HASHES }, (_, n) => spread(n * 2 + 1) | 1);
const MASKS = Int32Array.from({ length: HASHES }, (_, n) => spread(0x5bd1_e995 + n));

/** Null for a text without a word. */
export function signText(text: string): TextSignature | null {
  const shingles = shinglesOf(readWords(text));
  if (shingles.length === 0) return null;
  const lowest = lowestHashes(shingles);
  return { sketch: Uint8Array.from(lowest, (hash) => hash & 0xff), bands: bandsOf(lowest) };
}

function lowestHashes(shingles: Int32Array): Int32Array {
  const lowest = new Int32Array(HASHES).fill(0x7fff_ffff);
  for (let n = 0; n < HASHES; n += 1) {
    const multiplier = MULTIPLIERS[n] ?? 1;
    const mask = MASKS[n] ?? 0;
    let minimum = 0x7fff_ffff;
    for (let at = 0; at < shingles.length; at += 1) {
      const hash = Math.imul((shingles[at] ?? 0) ^ mask, multiplier);
      minimum = hash < minimum ? hash : minimum;
    }
    lowest[n] = minimum;
  }
  return lowest;
}

function bandsOf(lowest: Int32Array): Int32Array {
  return Int32Array.from({ length: BANDS }, (_, band) => {
    let hash = band + 1;
    for (let row = 0; row < ROWS; row += 1) hash = combine(hash, lowest[band * ROWS + row] ?? 0);
    return hash;
  });
}

/** The share of the shingles that both texts have, from 0 to 1; off by 0.04 (one standard deviation). */
export function estimateSimilarity(a: Uint8Array, b: Uint8Array): number {
  let same = 0;
  for (let n = 0; n < HASHES; n += 1) if (a[n] === b[n]) same += 1;
  // One in 256 bytes is the same by chance.
  return Math.max(0, (same / HASHES - 1 / 256) / (255 / 256));
}
