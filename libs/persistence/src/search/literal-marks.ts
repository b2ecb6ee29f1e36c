import { hasMarkedLetter, plainForm } from '../articles/plain-forms.ts';
import { HIGHLIGHT_END, HIGHLIGHT_START } from './article-search.ts';

const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;
const WORD = /[\p{L}\p{M}]+/gu;
const MARKED = new RegExp(`(${HIGHLIGHT_START}[^${HIGHLIGHT_END}]*${HIGHLIGHT_END})`);
/** What is shown around a match, in UTF-16 code units. */
const CHARACTERS_BEFORE = 80;
const CHARACTERS_AFTER = 160;

/**
 * Marks what Postgres cannot: words of scripts that put no blanks between them, and words with accents that were
 * looked for without. What is marked already stays as it is.
 *
 * @param words of the query, as they were typed and segmented
 */
export function markLiterally(text: string, words: readonly string[]): string {
  const spaceless = spacelessPattern(words);
  const plain = new Set(words.map((word) => plainForm(word.toLowerCase())));
  const marked =
    spaceless === null ? text : inUnmarked(text, (part) => part.replaceAll(spaceless, mark));
  if (plain.size === 0 || !hasMarkedLetter(marked)) return marked;
  const markAccented = (word: string) =>
    hasMarkedLetter(word) && plain.has(plainForm(word.toLowerCase())) ? mark(word) : word;
  return inUnmarked(marked, (part) => part.replaceAll(WORD, markAccented));
}

/** The first place in a text where a word stands that `markLiterally` marks, with what is around it; or null. */
export function literalPassage(text: string, words: readonly string[]): string | null {
  const at = markLiterally(text, words).indexOf(HIGHLIGHT_START);
  if (at < 0) return null;
  const from = Math.max(0, at - CHARACTERS_BEFORE);
  const to = Math.min(text.length, at + CHARACTERS_AFTER);
  return withoutHalves(text.slice(wordStart(text, from, at), wordEnd(text, to, at)));
}

function inUnmarked(text: string, change: (part: string) => string): string {
  return text
    .split(MARKED)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('');
}

function mark(words: string): string {
  return `${HIGHLIGHT_START}${words}${HIGHLIGHT_END}`;
}

function spacelessPattern(words: readonly string[]): RegExp | null {
  const spaceless = words.filter((word) => SPACELESS.test(word));
  if (spaceless.length === 0) return null;
  const longestFirst = spaceless.toSorted((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((word) => word.replace(SYNTAX, '\\$&')).join('|'), 'gu');
}

/** Back or on to the next blank, where one is near: scripts without blanks are cut anywhere. */
function wordStart(text: string, from: number, at: number): number {
  if (from === 0) return 0;
  const blank = text.slice(from, at).search(/\s/);
  return blank < 0 ? from : from + blank + 1;
}

function wordEnd(text: string, to: number, at: number): number {
  if (to === text.length) return to;
  const last = text.slice(0, to).search(/\s\S*$/);
  return last <= at ? to : last;
}

/** A cut may have gone through a surrogate pair. */
function withoutHalves(passage: string): string {
  return passage.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
