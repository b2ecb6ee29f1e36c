import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchExpression } from './search-expression.ts';

const plain = { segment: (text: string) => text, inTitle: false };

describe('searchExpression', () => {
  it.each([
    ['ferry', `('ferry')`],
    ['ferry harbour', `('ferry' & 'harbour')`],
    ['"old ferry" -fire', `('old ferry' & !'fire')`],
    ['ferry or boat harbour', `('ferry') | ('boat' & 'harbour')`],
    ['ferry OR "row boat"', `('ferry') | ('row boat')`],
    ['harb*', `('harb':*)`],
    ['-"two words"', `(!'two words')`],
    [`o'neil \\ x`, `('o''neil' & 'x')`],
    ['"never closed', `('never closed')`],
    ['or or ferry or', `('ferry')`],
    ['word"phrase"', `('word' & 'phrase')`],
    ['a & b | c:*', `('a' & 'b') | ('c:':*)`],
  ])('reads %j', (input, expected) => {
    expect(searchExpression(input, plain)).toBe(expected);
  });

  it('is null where nothing could match', () => {
    for (const input of ['', '  ', '-', '"', '!!! & ()', 'or', '*']) {
      expect(searchExpression(input, plain)).toBeNull();
    }
  });

  it('asks for titles alone where it is told to', () => {
    const inTitle = { ...plain, inTitle: true };
    expect(searchExpression('harb* -fire', inTitle)).toBe(`('harb':*A & !'fire':A)`);
  });

  it('stops at 32 terms and takes any input in linear time', () => {
    const expression = searchExpression('a '.repeat(100_000), plain);
    expect(expression?.match(/'a'/g)).toHaveLength(32);
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 200 }), (input) => {
        const read = searchExpression(input, plain);
        // Quotes are balanced whatever was typed, so nothing escapes from a quoted term.
        expect(((read ?? '').match(/'/g) ?? []).length % 2).toBe(0);
      }),
    );
  });
});
