import { segmentForSearch, toStorableText } from '@broadsheet/text';
import type { QueryFault, QueryNode, WordsNode } from './query-tree.ts';

/** A phrase, or a run of a script without spaces, has at most this many words. */
const MAX_PHRASE_WORDS = 32;
const MAX_WORD_CHARACTERS = 255;

const HANGUL = /\p{Script=Hangul}/u;
const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** Particles that Korean puts behind a noun, the longest first. */
const PARTICLES =
  '에서는 에서 에게 으로 까지 부터 이나 은 는 이 가 을 를 에 의 와 과 도 만 로'.split(' ');
const MIN_STEM_SYLLABLES = 2;

/** What of a query's words to_tsquery cannot be asked, or null. */
export function wordsFault(tree: QueryNode, language: string | null): QueryFault | null {
  for (const { text, position } of wordsOf(tree)) {
    const words = wordsIn(text, language);
    if (words.length > MAX_PHRASE_WORDS) {
      return { position, detail: `a phrase has at most ${String(MAX_PHRASE_WORDS)} words` };
    }
    if (words.some((word) => word.length > MAX_WORD_CHARACTERS)) {
      return { position, detail: `a word has at most ${String(MAX_WORD_CHARACTERS)} characters` };
    }
  }
  return null;
}

/** True where the tree holds words alone, so that one tsquery says all of it. */
export function isWordsAlone(node: QueryNode): boolean {
  switch (node.kind) {
    case 'words':
      return true;
    case 'field':
      return false;
    case 'not':
      return isWordsAlone(node.operand);
    case 'and':
    case 'or':
      return node.operands.every(isWordsAlone);
  }
}

/**
 * Words as the input of to_tsquery, each of them quoted, so that nothing that was typed is taken for an
 * operator. Scripts without spaces are segmented as the indexed text was.
 */
export function wordsExpression(node: QueryNode, language: string | null): string {
  switch (node.kind) {
    case 'words':
      return operand(node, language);
    case 'not':
      return `!(${wordsExpression(node.operand, language)})`;
    case 'and':
    case 'or': {
      const parts = node.operands.map((part) => wordsExpression(part, language));
      return `(${parts.join(node.kind === 'and' ? ' & ' : ' | ')})`;
    }
    case 'field':
      throw new TypeError('a field cannot be looked up as a word');
  }
}

/** The words that are to be there, as they were typed, segmented as the indexed text was. */
export function wantedWords(node: QueryNode, language: string | null): readonly string[] {
  switch (node.kind) {
    case 'words':
      return wordsIn(node.text, language);
    case 'and':
    case 'or':
      return node.operands.flatMap((part) => wantedWords(part, language));
    case 'not':
    case 'field':
      return [];
  }
}

/** True where any of the words is looked for in titles alone. */
export function isInTitle(node: QueryNode): boolean {
  return [...wordsOf(node)].some(({ inTitle }) => inTitle);
}

function* wordsOf(node: QueryNode): Generator<WordsNode> {
  switch (node.kind) {
    case 'words':
      yield node;
      return;
    case 'field':
      return;
    case 'not':
      yield* wordsOf(node.operand);
      return;
    case 'and':
    case 'or':
      for (const part of node.operands) yield* wordsOf(part);
  }
}

function wordsIn(text: string, language: string | null): readonly string[] {
  const segmented = segmentForSearch(toStorableText(text), language);
  return segmented.split(/\s+/).filter((word) => word !== '');
}

/** The words of a phrase stand side by side; the last one may be a prefix. */
function operand(node: WordsNode, language: string | null): string {
  const words = wordsIn(node.text, language);
  const parts = words.map((word, index) =>
    lexeme(word, { inTitle: node.inTitle, isPrefix: node.isPrefix && index === words.length - 1 }),
  );
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' <-> ')})`;
}

function lexeme(word: string, given: { inTitle: boolean; isPrefix: boolean }): string {
  const stem = HANGUL.test(word) ? withoutParticle(word) : word;
  const flags = `${given.isPrefix || isOpenEnded(stem) ? '*' : ''}${given.inTitle ? 'A' : ''}`;
  const quoted = `'${stem.replace(/['\\]/g, '$&$&')}'`;
  return flags === '' ? quoted : `${quoted}:${flags}`;
}

/**
 * Korean hangs particles behind a word, and a segmenter may join a word to the next one (東京 in 東京都):
 * such words are found by their beginning.
 */
function isOpenEnded(word: string): boolean {
  return word.length >= MIN_STEM_SYLLABLES && (HANGUL.test(word) || SPACELESS.test(word));
}

function withoutParticle(word: string): string {
  const particle = PARTICLES.find((ending) => word.endsWith(ending));
  if (particle === undefined) return word;
  const stem = word.slice(0, -particle.length);
  return stem.length >= MIN_STEM_SYLLABLES ? stem : word;
}
