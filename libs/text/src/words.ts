/** Scripts written without spaces between words; Korean has spaces. */
const SPACELESS_RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]+/gu;
/** The same scripts as plain ranges: a quick no for nearly every text. */
const MAYBE_SPACELESS =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua9ff\uaa60-\uaa7f\uf900-\uffff]|[\ud800-\udbff]/;

/** Intl.Segmenter takes about a millisecond per 1,000 characters. */
const MAX_SEGMENTED_CHARACTERS = 65_536;
/** What a run costs beside its length: many short ones take as long as a long one. */
const RUN_COST_CHARACTERS = 16;
const COUNTED_CHARACTERS = 2_000;

const LETTER = 1;
const BLANK = 2;
const MARK = 3;

/** What each ASCII character is within a text. */
const ASCII_KINDS = Uint8Array.from({ length: 0x80 }, (_, code) => {
  if (code <= 0x20) return BLANK;
  return /[0-9a-z]/i.test(String.fromCharCode(code)) ? LETTER : MARK;
});
/** No-break, en, em, thin and ideographic spaces, and the dashes that stand between words. */
const OTHER_BLANKS = codesOf('\u00a0\u2002\u2003\u2009\u2013\u2014\u2028\u2029\u202f\u3000');

function codesOf(characters: string): ReadonlySet<number> {
  return new Set(Array.from(characters, (character) => character.charCodeAt(0)));
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string | null): Intl.Segmenter {
  const tag = language ?? 'und';
  const known = segmenters.get(tag);
  if (known) return known;
  const made = new Intl.Segmenter(Intl.getCanonicalLocales(tag), { granularity: 'word' });
  segmenters.set(tag, made);
  return made;
}

function wordsOfRun(run: string, language: string | null): string[] {
  return [...segmenterFor(language).segment(run)].map(({ segment }) => segment);
}

/**
 * Words of a text: what stands between blanks and holds a letter or digit. Of scripts without spaces
 * the first 2,000 characters are segmented and the rest is counted at the same density.
 */
export function countWords(text: string, language: string | null): number {
  if (!MAYBE_SPACELESS.test(text)) return countSpacedWords(text);
  let spacelessCharacters = 0;
  let sample = '';
  const spaced = text.replace(SPACELESS_RUN, (run) => {
    spacelessCharacters += run.length;
    if (sample.length < COUNTED_CHARACTERS)
      sample += run.slice(0, COUNTED_CHARACTERS - sample.length);
    return ' ';
  });
  if (sample === '') return countSpacedWords(text);
  const sampledWords = wordsOfRun(sample, language).length;
  return (
    countSpacedWords(spaced) + Math.round((sampledWords * spacelessCharacters) / sample.length)
  );
}

function countSpacedWords(text: string): number {
  let words = 0;
  let isInWord = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const kind = ASCII_KINDS[code] ?? otherKind(code);
    // Marks neither begin nor end a word: `don’t`, `re-elect`, `3.5`.
    if (kind === MARK) continue;
    if (kind === LETTER && !isInWord) words += 1;
    isInWord = kind === LETTER;
  }
  return words;
}

function otherKind(code: number): number {
  if (OTHER_BLANKS.has(code)) return BLANK;
  const isGeneralPunctuation = code >= 0x2000 && code <= 0x206f;
  return code < 0xaa || isGeneralPunctuation ? MARK : LETTER;
}

/**
 * Text for a full-text index that splits at blanks: words of scripts without spaces are set apart,
 * everything else is unchanged. Beyond about 65,000 such characters the text stays as it is.
 */
export function segmentForSearch(text: string, language: string | null): string {
  if (!MAYBE_SPACELESS.test(text)) return text;
  let budget = MAX_SEGMENTED_CHARACTERS;
  return text.replace(SPACELESS_RUN, (run) => {
    if (budget <= 0) return run;
    budget -= run.length + RUN_COST_CHARACTERS;
    return ` ${wordsOfRun(run, language).join(' ')} `;
  });
}
