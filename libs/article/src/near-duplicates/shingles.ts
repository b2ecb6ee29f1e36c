import { combine } from './hash-mixing.ts';
import type { WordList } from './read-words.ts';

/** The hashes of all runs of words of a text, in its order; of a shorter text, one over all of it. */
export function shinglesOf({ hashes, shingleLength }: WordList): Int32Array {
  if (hashes.length === 0) return new Int32Array(0);
  const length = Math.min(shingleLength, hashes.length);
  const shingles = new Int32Array(hashes.length - length + 1);
  for (let start = 0; start < shingles.length; start += 1) {
    let hash = length;
    for (let n = start; n < start + length; n += 1) hash = combine(hash, hashes[n] ?? 0);
    shingles[start] = hash;
  }
  return shingles;
}
