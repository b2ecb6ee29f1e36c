import { type QueryFault, VALUE_FIELDS, type ValueField } from './query-tree.ts';

export type QueryToken = { readonly position: number } & (
  | { readonly kind: 'open' | 'close' | 'or' | 'not' | 'end' }
  | { readonly kind: 'word' | 'phrase'; readonly text: string }
  | { readonly kind: 'field'; readonly field: ValueField | 'title' }
);

export type ReadTokens =
  | { readonly kind: 'tokens'; readonly tokens: readonly QueryToken[] }
  | { readonly kind: 'malformed'; readonly fault: QueryFault };

const FIELDS: ReadonlyMap<string, ValueField | 'title'> = new Map(
  (['title', ...VALUE_FIELDS] as const).map((field) => [field, field]),
);
const LONGEST_FIELD = Math.max(...Array.from(FIELDS.keys(), (name) => name.length));

/** Keyboards of phones put typographic quotes where the plain one was typed. */
const QUOTES = new Set('"\u201c\u201d\u201e');
const BLANK = /\s/;
const MEANS_SOMETHING = /[\p{L}\p{N}]/u;

/** Reads from left to right without looking back, so its time is linear in the input. */
export function readTokens(input: string, options: { readonly hasFields: boolean }): ReadTokens {
  const tokens: QueryToken[] = [];
  let at = 0;
  while (at < input.length) {
    const character = input.charAt(at);
    if (QUOTES.has(character)) {
      const end = phraseEnd(input, at + 1);
      if (end === null) return malformed(at, 'this quote is never closed');
      const text = input.slice(at + 1, end);
      if (MEANS_SOMETHING.test(text)) tokens.push({ kind: 'phrase', text, position: at });
      at = end + 1;
      continue;
    }
    const token = markAt(input, at) ?? (options.hasFields ? fieldAt(input, at) : null);
    if (token !== null) {
      tokens.push(token.token);
      at = token.end;
      continue;
    }
    const end = Math.max(wordEnd(input, at), at + 1);
    tokens.push(...wordTokens(input.slice(at, end), at));
    at = end;
  }
  return { kind: 'tokens', tokens: [...tokens, { kind: 'end', position: input.length }] };
}

function malformed(position: number, detail: string): ReadTokens {
  return { kind: 'malformed', fault: { position, detail } };
}

interface TokenAt {
  readonly token: QueryToken;
  readonly end: number;
}

/** Brackets, and a minus that stands before something. */
function markAt(input: string, at: number): TokenAt | null {
  const character = input.charAt(at);
  const end = at + 1;
  if (character === '(') return { token: { kind: 'open', position: at }, end };
  if (character === ')') return { token: { kind: 'close', position: at }, end };
  const isNegation = character === '-' && end < input.length && !BLANK.test(input.charAt(end));
  return isNegation ? { token: { kind: 'not', position: at }, end } : null;
}

function fieldAt(input: string, at: number): TokenAt | null {
  const colon = input.slice(at, at + LONGEST_FIELD + 1).indexOf(':');
  if (colon < 0) return null;
  const field = FIELDS.get(input.slice(at, at + colon).toLowerCase());
  if (field === undefined) return null;
  return { token: { kind: 'field', field, position: at }, end: at + colon + 1 };
}

/** Nothing where the text holds no letter and no digit. */
function wordTokens(text: string, position: number): readonly QueryToken[] {
  if (text === '|' || text.toLowerCase() === 'or') return [{ kind: 'or', position }];
  return MEANS_SOMETHING.test(text) ? [{ kind: 'word', text, position }] : [];
}

function phraseEnd(input: string, start: number): number | null {
  for (let end = start; end < input.length; end += 1) {
    if (QUOTES.has(input.charAt(end))) return end;
  }
  return null;
}

function wordEnd(input: string, start: number): number {
  let end = start;
  while (end < input.length && !endsWord(input.charAt(end))) end += 1;
  return end;
}

function endsWord(character: string): boolean {
  return BLANK.test(character) || QUOTES.has(character) || character === '(' || character === ')';
}
