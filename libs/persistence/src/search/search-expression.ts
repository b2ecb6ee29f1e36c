import { toStorableText } from '@broadsheet/text';

/** More terms than this are left out. */
const MAX_TERMS = 32;

interface Term {
  readonly text: string;
  readonly isNegated: boolean;
  readonly isPrefix: boolean;
}

type Token = { readonly kind: 'term'; readonly term: Term } | { readonly kind: 'or' };

export interface ExpressionOptions {
  /** Puts blanks between the words of scripts that have none, as it was done to the indexed text. */
  readonly segment: (text: string) => string;
  /** Only matches in titles. */
  readonly inTitle: boolean;
}

/**
 * What a person types, as the input of to_tsquery: words, "phrases", -not, or, prefix*. Like
 * websearch_to_tsquery it takes any text without an error, and `or` binds weaker than standing side by side.
 * Null where nothing in it could match.
 */
export function searchExpression(input: string, options: ExpressionOptions): string | null {
  const groups: string[][] = [[]];
  let terms = 0;
  for (const token of tokensOf(toStorableText(input))) {
    if (token.kind === 'or') {
      if (groups.at(-1)?.length) groups.push([]);
    } else if (/[\p{L}\p{N}]/u.test(token.term.text)) {
      terms += 1;
      groups.at(-1)?.push(operandOf(token.term, options));
    }
    if (terms === MAX_TERMS) break;
  }
  const alternatives = groups.filter((group) => group.length > 0).map((g) => g.join(' & '));
  return alternatives.length === 0 ? null : alternatives.map((a) => `(${a})`).join(' | ');
}

function operandOf(term: Term, { segment, inTitle }: ExpressionOptions): string {
  const quoted = `'${segment(term.text).replace(/['\\]/g, '$&$&')}'`;
  const flags = `${term.isPrefix ? '*' : ''}${inTitle ? 'A' : ''}`;
  return `${term.isNegated ? '!' : ''}${quoted}${flags === '' ? '' : `:${flags}`}`;
}

/** Reads from left to right without looking back, so its time is linear in the input. */
function* tokensOf(input: string): Generator<Token> {
  let at = 0;
  while (at < input.length) {
    if (isBlank(input.charAt(at))) {
      at += 1;
      continue;
    }
    const isNegated = input.charAt(at) === '-';
    if (isNegated) at += 1;
    const isPhrase = input.charAt(at) === '"';
    const start = isPhrase ? at + 1 : at;
    const end = isPhrase ? phraseEnd(input, start) : wordEnd(input, start);
    yield tokenOf(input.slice(start, end), { isNegated, isPhrase });
    at = isPhrase ? end + 1 : Math.max(end, at + (isNegated ? 0 : 1));
  }
}

function tokenOf(text: string, given: { isNegated: boolean; isPhrase: boolean }): Token {
  const { isNegated, isPhrase } = given;
  if (!isPhrase && !isNegated && (text === '|' || text.toLowerCase() === 'or')) {
    return { kind: 'or' };
  }
  const isPrefix = !isPhrase && text.endsWith('*');
  return {
    kind: 'term',
    term: { text: isPrefix ? text.slice(0, -1) : text, isNegated, isPrefix },
  };
}

function phraseEnd(input: string, start: number): number {
  const end = input.indexOf('"', start);
  return end < 0 ? input.length : end;
}

function wordEnd(input: string, start: number): number {
  let end = start;
  while (end < input.length && !isBlank(input.charAt(end)) && input.charAt(end) !== '"') end += 1;
  return end;
}

function isBlank(character: string): boolean {
  return /\s/.test(character);
}
