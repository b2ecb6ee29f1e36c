/** Latin letters with marks, and ё, for which many type е; other scripts keep theirs. */
const MARKED_LETTER = /[\u00c0-\u024f\u1e00-\u1effё]/i;
const MARKED_LETTERS = new RegExp(MARKED_LETTER, 'g');
const WORD = /[\p{L}\p{M}]+/gu;
const MARKS = /\p{M}/gu;
/** Letters that Unicode does not take apart into a letter and a mark. */
const PLAIN_LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({ ø: 'o', ł: 'l', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', đ: 'd', ð: 'd', þ: 'th' }),
);
const MAX_FORMS = 1_000;

/**
 * The words of a text that have marked letters, as people type who leave the marks away: a search for `cafe`
 * should find `café`. They are indexed behind the text, beside its own words: the rules by which words of a
 * language are reduced need the marks. Empty for most English texts.
 */
export function plainForms(text: string): string {
  if (!hasMarkedLetter(text)) return '';
  const forms = new Set<string>();
  for (const [word] of text.matchAll(WORD)) {
    if (!hasMarkedLetter(word)) continue;
    forms.add(plainForm(word.toLowerCase()));
    if (forms.size === MAX_FORMS) break;
  }
  return [...forms].join(' ');
}

export function hasMarkedLetter(text: string): boolean {
  return MARKED_LETTER.test(text);
}

/** A word in lower case without its marks. */
export function plainForm(word: string): string {
  return word.replace(
    MARKED_LETTERS,
    (letter) => PLAIN_LETTERS.get(letter) ?? letter.normalize('NFD').replace(MARKS, ''),
  );
}
