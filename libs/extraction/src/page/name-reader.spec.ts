import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameReader } from './name-reader.ts';

const SIGN = { related: 1, body: 2, navigation: 4, token: 8, fragment: 16 };
const PARTS = new Map([
  ['related', SIGN.related],
  ['articlebody', SIGN.body],
  ['nav', SIGN.navigation],
]);
const TOKENS = new Map([
  ['ad', SIGN.token],
  ['post-date', SIGN.token],
]);
const reader = new NameReader({
  parts: PARTS,
  tokens: TOKENS,
  fragments: ['by-line', 'publish'],
  fragmentSigns: SIGN.fragment,
});

const piece = fc.oneof(
  fc.constantFrom('Related', 'article', 'Body', 'nav', 'ad', 'date', 'by-line', 'PUBLISHED'),
  fc.constantFrom(' ', '\t', '-', '_', '__', '1', ':', 'ä', '\u00a0', '\u0001', 'x'),
  fc.string({ maxLength: 3 }),
);
const names = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

/** One to three neighbouring parts of a name, written together. */
function runsIn(name: string): string[] {
  const parts = name
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return parts.flatMap((_, at) => [1, 2, 3].map((count) => parts.slice(at, at + count).join('')));
}

function signsOf(written: string): number {
  let signs = /by-line|publish/i.test(written) ? SIGN.fragment : 0;
  for (const name of written.split(/\s+/u)) {
    signs |= TOKENS.get(name.toLowerCase()) ?? 0;
    for (const run of runsIn(name)) signs |= PARTS.get(run) ?? 0;
  }
  return signs;
}

describe('a reader of names', () => {
  it('finds the words that patterns find', () => {
    fc.assert(fc.property(names, (written) => reader.read(written) === signsOf(written)));
  });

  it.each([
    ['relatedPosts', SIGN.related],
    ['c-Article__Body2', SIGN.body],
    ['main-nav ad', SIGN.navigation | SIGN.token],
    ['größe-nav', SIGN.navigation],
    ['isPublished', SIGN.fragment],
    ['flex px-4 md:grow', 0],
    ['content', 0],
    ['relate d', 0],
    ['article x body', 0],
    ['', 0],
  ])('reads %j', (written, signs) => {
    expect(reader.read(written)).toBe(signs);
  });
});
