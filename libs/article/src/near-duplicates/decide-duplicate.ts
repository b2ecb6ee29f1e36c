import { type ComparedText, ownPassage, similarityOf } from './compared-text.ts';
import { factAgreement, type FactAgreement } from './text-facts.ts';

export interface ComparedArticle {
  /** See titleHash and contentHash. */
  readonly titleHash: string;
  readonly contentHash: string;
  readonly text: ComparedText;
}

export interface DuplicateVerdict {
  readonly isDuplicate: boolean;
  /** Share of the shingles that both texts have, from 0 to 1. */
  readonly similarity: number;
}

/** Texts below it are judged by their titles too: a notice that stands in for many texts makes no copies. */
const SHORT_WORDS = 60;
const MIN_SIMILARITY = 0.35;
const MIN_SIMILARITY_OF_SHORT = 0.6;
/** Each has a passage of this share of its text to itself: two articles with something in common. */
const MAX_OWN_PASSAGE = 0.25;
/** Shares of the numbers, and of the names, that may stand in place of others. */
const MAX_REPLACED_NUMBERS = 0.15;
const MAX_REPLACED_NAMES = 0.3;
/** A correction of one number, or one name spelt differently, replaces few. */
const MIN_REPLACED_NAMES = 2;

/**
 * Whether two articles are one text, edited or cut. The same template with other numbers or names is not, and
 * neither are two reports that quote the same passages.
 */
export function decideDuplicate(a: ComparedArticle, b: ComparedArticle): DuplicateVerdict {
  const similarity = similarityOf(a.text, b.text);
  const isDuplicate =
    a.contentHash === b.contentHash || (isSimilar(a, b, similarity) && !tellsOther(a.text, b.text));
  return { isDuplicate, similarity };
}

function isSimilar(a: ComparedArticle, b: ComparedArticle, similarity: number): boolean {
  if (Math.min(a.text.words, b.text.words) >= SHORT_WORDS) return similarity >= MIN_SIMILARITY;
  return similarity >= MIN_SIMILARITY_OF_SHORT && a.titleHash === b.titleHash;
}

function tellsOther(a: ComparedText, b: ComparedText): boolean {
  const ownShare = Math.min(ownPassage(a, b), ownPassage(b, a));
  if (ownShare >= MAX_OWN_PASSAGE) return true;
  const numbers = factAgreement(a.facts.numbers, b.facts.numbers);
  if (replacedShare(numbers) > MAX_REPLACED_NUMBERS) return true;
  const names = factAgreement(a.facts.names, b.facts.names);
  return names.replaced >= MIN_REPLACED_NAMES && replacedShare(names) > MAX_REPLACED_NAMES;
}

function replacedShare({ same, replaced }: FactAgreement): number {
  return replaced === 0 ? 0 : replaced / (same + replaced);
}
