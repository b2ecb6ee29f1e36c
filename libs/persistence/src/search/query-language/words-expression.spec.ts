import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from './parse-query.ts';
import { wordsExpression, wordsFault } from './words-expression.ts';

function expressionOf(input: string, inTitle = false): string | null {
  const parsed = parseQuery(input, { inTitle });
  if (parsed.kind === 'malformed' || parsed.tree === null) return null;
  return wordsExpression(parsed.tree, null);
}

describe('words as the input of to_tsquery', () => {
  it.each([
    ['ferry', `'ferry'`],
    ['old "row boat" -fire', `('old' & ('row' <-> 'boat') & !('fire'))`],
    ['ferry or boat harb*', `('ferry' | ('boat' & 'harb':*))`],
    [`o'neil c\\d`, `('o''neil' & 'c\\\\d')`],
    [`a'b\\`, `'a''b\\\\'`],
    ['title:(ferry or harb*)', `('ferry':A | 'harb':*A)`],
    ['여객선은', `'여객선':*`],
    ['물이', `'물이':*`],
    ['港口', `'港口':*`],
    ['港', `'港'`],
  ])('say %j', (input, expected) => {
    expect(expressionOf(input)).toBe(expected);
  });

  it('hold balanced quotes whatever was typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...`a'\\"&|!<>:*() `), maxLength: 60 }),
        (q) => {
          const quotes = (expressionOf(q) ?? '').match(/'/g) ?? [];
          expect(quotes.length % 2).toBe(0);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('are refused where a phrase or a word is endless', () => {
    for (const [input, position] of [
      [`a "${'b '.repeat(40)}"`, 2],
      ['x '.repeat(300).replaceAll(' ', ''), 0],
      ['港口'.repeat(60), 0],
    ] as const) {
      const parsed = parseQuery(input, { inTitle: false });
      const tree = parsed.kind === 'parsed' ? parsed.tree : null;
      expect(tree && wordsFault(tree, null)).toMatchObject({ position });
    }
  });
});
