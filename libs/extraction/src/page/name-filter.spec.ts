import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAY_HOLD, NameFilter } from './name-filter.ts';

const PARTS = ['related', 'articlebody', 'nav'];
const TOKENS = ['ad', 'post-date'];
const FRAGMENTS = ['by-line', 'publish'];
const filter = new NameFilter({ parts: PARTS, tokens: TOKENS, fragments: FRAGMENTS });

const piece = fc.oneof(
  fc.constantFrom('Related', 'article', 'Body', 'nav', 'ad', 'date', 'by-line', 'PUBLISHED'),
  fc.constantFrom(' ', '\t', '-', '_', '__', '1', ':', 'ä', '\u0001', 'x'),
  fc.string({ maxLength: 3 }),
);
const names = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

/** One to three neighbouring parts of any name, written together. */
function runsIn(text: string): string[] {
  return text.split(/\s+/u).flatMap((token) => {
    const parts = token
      .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
      .toLowerCase()
      .split(/[^\p{L}]+/u);
    return parts.flatMap((_, at) => [1, 2, 3].map((count) => parts.slice(at, at + count).join('')));
  });
}

describe('a filter of names', () => {
  it('never says no to names that hold a word', () => {
    fc.assert(
      fc.property(names, (text) => {
        const tokens = text.toLowerCase().split(/\s+/u);
        const isWord =
          runsIn(text).some((run) => PARTS.includes(run)) ||
          tokens.some((token) => TOKENS.includes(token));
        if (isWord) expect(filter.judge(text) & MAY_HOLD.word).not.toBe(0);
        if (/by-line|publish/i.test(text))
          expect(filter.judge(text) & MAY_HOLD.fragment).not.toBe(0);
      }),
    );
  });

  it.each(['flex px-4 md:grow', 'content', 'relate d', 'article x body', ''])(
    'says no to %j',
    (text) => {
      expect(filter.judge(text)).toBe(0);
    },
  );
});
