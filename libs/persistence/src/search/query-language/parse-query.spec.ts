import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_QUERY_TERMS, parseQuery } from './parse-query.ts';
import type { QueryNode } from './query-tree.ts';

/** A tree as text, so that a case fits on a line. */
function told(node: QueryNode): string {
  switch (node.kind) {
    case 'words':
      return `${node.inTitle ? 'title:' : ''}<${node.text}>${node.isPrefix ? '*' : ''}`;
    case 'field':
      return `${node.field}=<${node.value}>`;
    case 'not':
      return `-${told(node.operand)}`;
    case 'and':
    case 'or':
      return `(${node.operands.map(told).join(node.kind === 'and' ? ' ' : ' | ')})`;
  }
}

function read(input: string, inTitle = false): string {
  const parsed = parseQuery(input, { inTitle });
  if (parsed.kind === 'malformed') return `${parsed.fault.position}: ${parsed.fault.detail}`;
  return parsed.tree === null ? 'nothing' : told(parsed.tree);
}

describe('a query', () => {
  it.each([
    ['ferry', '<ferry>'],
    ['ferry harbour', '(<ferry> <harbour>)'],
    ['"old ferry" -fire', '(<old ferry> -<fire>)'],
    ['“old ferry„', '<old ferry>'],
    ['ferry or boat harbour', '(<ferry> | (<boat> <harbour>))'],
    ['ferry OR "row boat" | x', '(<ferry> | <row boat> | <x>)'],
    ['harb*', '<harb>*'],
    ['港*', '<港>*'],
    ['-"two words"', '-<two words>'],
    [`o'neil \\ x`, `(<o'neil> <x>)`],
    ['word"phrase"', '(<word> <phrase>)'],
    ['a & b', '(<a> <b>)'],
    ['Paris - London', '(<Paris> <London>)'],
    ['re-elect', '<re-elect>'],
    ['boat (ferry or -fire)', '(<boat> (<ferry> | -<fire>))'],
    ['-(a b)', '-(<a> <b>)'],
    ['f(x)', '(<f> <x>)'],
    ['title:boat', 'title:<boat>'],
    ['TITLE:"old boat" x', '(title:<old boat> <x>)'],
    ['title:(a or boa*)', '(title:<a> | title:<boa>*)'],
    ['site:a.example -source:"The Coast"', '(site=<a.example> -source=<The Coast>)'],
    ['author:ada or category:x', '(author=<ada> | category=<x>)'],
    ['https://a.example/b foo:bar 10:30', '(<https://a.example/b> <foo:bar> <10:30>)'],
    ['', 'nothing'],
    ['!!! & "?"', 'nothing'],
  ])('is read: %j', (input, expected) => {
    expect(read(input)).toBe(expected);
  });

  it.each([
    ['boat "never closed', 5, /quote/],
    ['boat (fire', 5, /never closed/],
    ['boat) fire', 4, /never opened/],
    ['or boat', 0, /missing/],
    ['boat or', 7, /missing/],
    ['boat or or fire', 8, /missing/],
    ['boat ()', 6, /missing/],
    ['boat -!!!', 9, /missing/],
    ['boat site: a.example', 10, /site: needs/],
    ['title:-boat', 6, /title: needs/],
    ['site:(a)', 5, /site: needs/],
    ['fire ab*', 5, /3 characters/],
    ['пожар по*', 6, /3 characters/],
    [`${'('.repeat(20)}a`, 8, /deep/],
    ['a '.repeat(40), 64, /at most 32/],
  ])('is refused where it cannot be meant: %j', (input, position, detail) => {
    const parsed = parseQuery(input, { inTitle: false });
    expect(parsed).toMatchObject({ kind: 'malformed', fault: { position } });
    expect(read(input)).toMatch(detail);
  });

  it('knows no fields within titles', () => {
    expect(read('site:a.example x', true)).toBe('(title:<site:a.example> title:<x>)');
  });

  it('answers whatever was typed, in bounds', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: fc.constantFrom(...'ab"-()* :|or\u201c'), maxLength: 300 }),
      fc
        .array(fc.constantFrom('title:', 'site:', '(', ')', '-', ' or ', 'word', '"', ' '), {
          maxLength: 100,
        })
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(typed, fc.boolean(), (input, inTitle) => {
        const parsed = parseQuery(input, { inTitle });
        if (parsed.kind === 'malformed') {
          expect(parsed.fault.position).toBeGreaterThanOrEqual(0);
          expect(parsed.fault.position).toBeLessThanOrEqual(input.length);
        } else if (parsed.tree !== null) {
          expect(told(parsed.tree).match(/</g)?.length).toBeLessThanOrEqual(
            MAX_QUERY_TERMS + (input.match(/</g)?.length ?? 0),
          );
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes time in proportion to its length', () => {
    for (const part of ['a ', '(', '-', '"', 'title:', 'or ', 'a*b']) {
      const before = process.cpuUsage();
      parseQuery(part.repeat(300_000), { inTitle: false });
      expect(process.cpuUsage(before).user / 1_000).toBeLessThan(3_000);
    }
  });
});
