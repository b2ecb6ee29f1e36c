import { combine } from '../near-duplicates/hash-mixing.ts';
import { NAME, NUMBER, readWords, WORD } from '../near-duplicates/read-words.ts';

const MAX_TITLE_TERMS = 10;
const MAX_NAMES = 8;
/** News names who and what it is about in its opening. */
const OPENING_WORDS = 300;
const WORDS_OF_SCRIPTS_WITH_SPACES = 3;

/** What tells of which event an article is: hashes of words, each once. */
export interface StoryTerms {
  readonly title: readonly number[];
  /** Names in the opening of the text that are not in the title, the most frequent first. */
  readonly names: readonly number[];
}

/** @param functionWords words that say nothing of the subject, separated by blanks */
export function storyTerms(
  { title, text }: { readonly title: string; readonly text: string },
  functionWords: string,
): StoryTerms {
  const ignored = new Set(readWords(functionWords).hashes);
  const titleTerms = new Set(titleTermsOf(title, ignored));
  const names = [...countNames(text, ignored)]
    .filter(([name]) => !titleTerms.has(name))
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_NAMES)
    .map(([name]) => name);
  return { title: [...titleTerms].slice(0, MAX_TITLE_TERMS), names };
}

/** Words; in scripts without spaces, pairs of letters. */
function titleTermsOf(title: string, ignored: ReadonlySet<number>): number[] {
  const { hashes, kinds, shingleLength } = readWords(title);
  if (shingleLength !== WORDS_OF_SCRIPTS_WITH_SPACES) {
    return Array.from(hashes.subarray(1), (hash, n) => combine(hashes[n] ?? 0, hash));
  }
  return Array.from(hashes).filter((hash, n) => kinds[n] !== NUMBER && !ignored.has(hash));
}

function countNames(text: string, ignored: ReadonlySet<number>): ReadonlyMap<number, number> {
  const { hashes, kinds } = readWords(text);
  const counts = new Map<number, number>();
  hashes.subarray(0, OPENING_WORDS).forEach((hash, n) => {
    if ((kinds[n] ?? WORD) !== NAME || ignored.has(hash)) return;
    counts.set(hash, (counts.get(hash) ?? 0) + 1);
  });
  return counts;
}
