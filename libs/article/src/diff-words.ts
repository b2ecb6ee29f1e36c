import { diffArrays } from 'diff';

/** A run of text that both have, or only one of them. */
export interface DiffPart {
  readonly op: 'equal' | 'removed' | 'added';
  readonly text: string;
}

/** `equal` and `removed` make up the text before, `equal` and `added` the text after. */
export interface TextDiff {
  /** How closely it was compared: `whole` says only that the texts differ. */
  readonly granularity: 'word' | 'paragraph' | 'whole';
  readonly parts: readonly DiffPart[];
}

export interface DiffLimits {
  /** Longest text that is compared word by word, in UTF-16 code units. */
  readonly maxWordCharacters: number;
  /** Longest time for each of the two ways of comparing, in milliseconds. */
  readonly timeoutMs: number;
  /** Most tokens that may differ: the cost grows with their square. */
  readonly maxEdits: number;
}

export const DIFF_LIMITS: DiffLimits = {
  maxWordCharacters: 200_000,
  timeoutMs: 150,
  maxEdits: 4_000,
};

/** One for all: making one costs more than splitting a short text. Words are found in any script. */
const WORDS = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * What changed between two texts, word by word; where that would take too long, paragraph by paragraph,
 * and where even that would, as a whole.
 */
export function diffWords(
  before: string,
  after: string,
  limits: DiffLimits = DIFF_LIMITS,
): TextDiff {
  if (before === after) return { granularity: 'word', parts: partsOf([['equal', before]]) };
  const isShort = Math.max(before.length, after.length) <= limits.maxWordCharacters;
  const byWord = isShort ? compare(wordsOf(before), wordsOf(after), limits) : null;
  if (byWord !== null) return { granularity: 'word', parts: byWord };
  const byParagraph = compare(paragraphsOf(before), paragraphsOf(after), limits);
  if (byParagraph !== null) return { granularity: 'paragraph', parts: byParagraph };
  return {
    granularity: 'whole',
    parts: partsOf([
      ['removed', before],
      ['added', after],
    ]),
  };
}

/** Null where a limit was reached. */
function compare(
  before: string[],
  after: string[],
  { timeoutMs, maxEdits }: DiffLimits,
): readonly DiffPart[] | null {
  const changes = diffArrays(before, after, { timeout: timeoutMs, maxEditLength: maxEdits });
  if (changes === undefined) return null;
  return partsOf(
    changes.map(({ added, removed, value }) => [
      added ? 'added' : removed ? 'removed' : 'equal',
      value.join(''),
    ]),
  );
}

function partsOf(runs: readonly (readonly [DiffPart['op'], string])[]): DiffPart[] {
  return runs.flatMap(([op, text]) => (text === '' ? [] : [{ op, text }]));
}

function wordsOf(text: string): string[] {
  return Array.from(WORDS.segment(text), ({ segment }) => segment);
}

/** With the line ends that follow them, so that nothing is lost. */
function paragraphsOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}
