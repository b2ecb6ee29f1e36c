/** Scripts written without spaces between words; Korean has spaces. */
const SPACELESS_RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]+/gu;
const SPACED_WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’.,\-‑][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu;

/** Intl.Segmenter takes about a millisecond per 1,000 characters. */
const MAX_SEGMENTED_CHARACTERS = 65_536;
/** What a run costs beside its length: many short ones take as long as a long one. */
const RUN_COST_CHARACTERS = 16;
const COUNTED_CHARACTERS = 2_000;

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
 * Words of a text. Of scripts without spaces the first 2,000 characters are segmented and the rest is
 * counted at the same density.
 */
export function countWords(text: string, language: string | null): number {
  let spacelessCharacters = 0;
  let sample = '';
  const spaced = text.replace(SPACELESS_RUN, (run) => {
    spacelessCharacters += run.length;
    if (sample.length < COUNTED_CHARACTERS)
      sample += run.slice(0, COUNTED_CHARACTERS - sample.length);
    return ' ';
  });
  const spacedWords = spaced.match(SPACED_WORD)?.length ?? 0;
  if (sample === '') return spacedWords;
  const sampledWords = wordsOfRun(sample, language).length;
  return spacedWords + Math.round((sampledWords * spacelessCharacters) / sample.length);
}

/**
 * Text for a full-text index that splits at blanks: words of scripts without spaces are set apart,
 * everything else is unchanged. Beyond about 65,000 such characters the text stays as it is.
 */
export function segmentForSearch(text: string, language: string | null): string {
  let budget = MAX_SEGMENTED_CHARACTERS;
  return text.replace(SPACELESS_RUN, (run) => {
    if (budget <= 0) return run;
    budget -= run.length + RUN_COST_CHARACTERS;
    return ` ${wordsOfRun(run, language).join(' ')} `;
  });
}
