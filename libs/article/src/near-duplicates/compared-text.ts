import { listFacts, type TextFacts } from './text-facts.ts';
import { readWords } from './read-words.ts';
import { shinglesOf } from './shingles.ts';

/** A text made ready to be compared with others. */
export interface ComparedText {
  readonly words: number;
  /** In the order of the text. */
  readonly shingles: Int32Array;
  readonly distinctShingles: ReadonlySet<number>;
  readonly facts: TextFacts;
}

export function compareReady(text: string): ComparedText {
  const words = readWords(text);
  const shingles = shinglesOf(words);
  return {
    words: words.hashes.length,
    shingles,
    distinctShingles: new Set(shingles),
    facts: listFacts(words),
  };
}

/** The share of the shingles that both texts have (Jaccard), from 0 to 1. */
export function similarityOf(a: ComparedText, b: ComparedText): number {
  const [few, many] =
    a.distinctShingles.size < b.distinctShingles.size
      ? [a.distinctShingles, b.distinctShingles]
      : [b.distinctShingles, a.distinctShingles];
  let both = 0;
  for (const shingle of few) if (many.has(shingle)) both += 1;
  const all = few.size + many.size - both;
  return all === 0 ? 0 : both / all;
}

const BLOCKS = 20;
const MIN_BLOCK = 4;
/** Words that two texts share by chance do not make a passage a shared one. */
const MAX_SHARED_OF_OWN = 0.25;

/** The longest stretch of a text that the other does not have, as a share of the text. */
export function ownPassage({ shingles }: ComparedText, other: ComparedText): number {
  if (shingles.length === 0) return 0;
  const size = Math.max(MIN_BLOCK, Math.ceil(shingles.length / BLOCKS));
  let longest = 0;
  let current = 0;
  for (let start = 0; start < shingles.length; start += size) {
    const block = shingles.subarray(start, start + size);
    let shared = 0;
    for (const shingle of block) if (other.distinctShingles.has(shingle)) shared += 1;
    current = shared <= block.length * MAX_SHARED_OF_OWN ? current + block.length : 0;
    longest = Math.max(longest, current);
  }
  return longest / shingles.length;
}
