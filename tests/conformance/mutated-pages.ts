import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

const GOLDEN = join(import.meta.dirname, '../golden');
const LONGEST_PAGE = 4_000_000;
const UNENDED = [
  '<!--',
  '<script>',
  '<![CDATA[',
  '<title>',
  '<textarea>',
  '<svg>',
  '<p title="',
  "<a href='",
  '</',
  '<!',
  '<?',
  '<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"',
];
const RUNS = [
  ' ',
  '\t',
  '\n',
  '\u00a0',
  '&amp;',
  '&#x41;',
  '&#1114112;',
  '&notit;',
  '&',
  '<',
  '<b>',
  '</b>',
  '<br>',
  '<p>',
  '<div class="content article-body">',
  ',',
  '.',
  '-',
  '| ',
  'By ',
  '2024-',
  '(a',
  '"',
  "\\'",
  '[',
  '://',
];
const TAGS = ['div', 'p', 'span', 'table><tr><td', 'ul><li', 'blockquote', 'a', 'svg', 'unknown-x'];

/** The pages written for the golden cases, a character per byte. */
const PAGES = readdirSync(GOLDEN, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('input.html'))
  .map((path) => readFileSync(join(GOLDEN, path), 'latin1'));

type Change = (page: string) => string;

/** A place in a page of any length. */
const place = fc.double({ min: 0, max: 1, noNaN: true });

function at(page: string, share: number): number {
  return Math.floor(page.length * share);
}

function insert(page: string, share: number, piece: string): string {
  const index = at(page, share);
  return page.slice(0, index) + piece + page.slice(index);
}

const cut = fc.tuple(place, place).map(([a, b]): Change => {
  const [from, to] = a < b ? [a, b] : [b, a];
  return (page) => page.slice(0, at(page, from)) + page.slice(at(page, to));
});

const repeated = fc
  .tuple(place, fc.nat(5_000), fc.integer({ min: 2, max: 400 }))
  .map(([from, length, times]): Change => {
    return (page) => {
      const start = at(page, from);
      return insert(page, from, page.slice(start, start + length).repeat(times));
    };
  });

const nested = fc.tuple(place, fc.constantFrom(...TAGS), fc.integer({ min: 1, max: 3_000 })).map(
  ([where, tag, depth]): Change =>
    (page) =>
      insert(page, where, `<${tag}>`.repeat(depth)),
);

const flipped = fc
  .array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 40 })
  .map((flips): Change => (page) => {
    const bytes = Buffer.from(page, 'latin1');
    for (const [where, byte] of flips) bytes[Math.floor(where * (bytes.length - 1))] = byte;
    return bytes.toString('latin1');
  });

const blownUp = fc
  .tuple(place, fc.constantFrom('class', 'id', 'href', 'style', 'content'), fc.nat(200_000))
  .map(([where, name, length]): Change => {
    return (page) => insert(page, where, `<div ${name}="${'nav-item Ab '.repeat(length / 12)}">`);
  });

const manyAttributes = fc.tuple(place, fc.nat(20_000)).map(
  ([where, count]): Change =>
    (page) =>
      insert(page, where, `<p ${'a=1 b '.repeat(count)}>`),
);

const run = fc.tuple(place, fc.constantFrom(...RUNS), fc.nat(100_000)).map(
  ([where, piece, times]): Change =>
    (page) =>
      insert(page, where, piece.repeat(times)),
);

const unended = fc
  .tuple(place, fc.constantFrom(...UNENDED), fc.boolean())
  .map(([where, opening, isManyTimes]): Change => {
    return (page) => insert(page, where, isManyTimes ? opening.repeat(2_000) : opening);
  });

const changes = fc.array(
  fc.oneof(cut, repeated, nested, flipped, blownUp, manyAttributes, run, unended),
  { minLength: 1, maxLength: 4 },
);

/** The bytes of pages that were cut, repeated, nested, flipped, blown up or left open. */
export const mutatedPages: fc.Arbitrary<() => Buffer> = fc
  .tuple(fc.constantFrom(...PAGES), changes)
  .map(([page, steps]) => () => {
    const mutated = steps.reduce((changed, step) => step(changed).slice(0, LONGEST_PAGE), page);
    return Buffer.from(mutated, 'latin1');
  });
