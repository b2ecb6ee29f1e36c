import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHtml } from './html-tree.ts';
import { faultOfSelector, selectElements } from './link-selector.ts';

const INVALID = 'SELECTOR_INVALID';
const COSTLY = 'SELECTOR_TOO_COSTLY';

function selected(html: string, selector: string): readonly string[] | string {
  const selection = selectElements(parseHtml(html), selector);
  return selection.kind === 'failed'
    ? selection.fault.code
    : [...selection.elements].map(({ attribs }) => attribs['id'] ?? '');
}

describe('a selector', () => {
  it.each([
    ['a', ['1', '2', '3']],
    ['li > a:not(.promo)', ['1']],
    ['ul:has(> li) a', ['1', '2']],
    ['h3 + p a, li:nth-child(2) a', ['2', '3']],
    ['a[href^="/news/"]', ['1', '3']],
    ['LI A.Promo', []],
    ['a:is(#1, #3)', ['1', '3']],
    ['[constructor], [__proto__], constructor', []],
  ])('%j names what it names in CSS', (selector, ids) => {
    const html =
      '<ul><li><a id=1 href="/news/1">A</a><li><a id=2 class=promo href="/2">B</a></ul>' +
      '<h3>C</h3><p><a id=3 href="/news/3">D</a></p>';
    expect(selected(html, selector)).toEqual(ids);
  });

  it.each([
    ['', INVALID],
    [' , ', INVALID],
    ['a >', INVALID],
    ['a:not(b >)', INVALID],
    ['> a', INVALID],
    ['a[href', INVALID],
    ['a:unheard-of', INVALID],
    ['a:contains("News")', INVALID],
    ['a:constructor', INVALID],
    ['a::before', INVALID],
    ['a < b', INVALID],
    ['a || b', INVALID],
    ['svg|a', INVALID],
    ['a:nth-child(x)', INVALID],
    ['a\0', INVALID],
    ['//article/a', INVALID],
    ['a'.repeat(301), COSTLY],
    ['*'.repeat(10_000), COSTLY],
    ['(' + '('.repeat(10_000), COSTLY],
    [Array(41).fill('a').join(','), COSTLY],
    ['a:has(b:has(i:has(u)))', COSTLY],
    [`${':is('.repeat(60)}a${')'.repeat(60)}`, COSTLY],
  ])('%j is refused at the door: %s', (selector, code) => {
    expect(faultOfSelector(selector)?.code).toBe(code);
  });

  it('is taken or refused, whatever it is', () => {
    const pieces = [
      'a',
      '*',
      '.b',
      '#c',
      '[d]',
      ':not(',
      ':has(',
      ')',
      ',',
      '>',
      '~',
      '+',
      ' ',
      '\\',
    ];
    const anySelector = fc.array(fc.constantFrom(...pieces), { maxLength: 40 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          anySelector.map((all) => all.join('')),
        ),
        (selector) => {
          const fault = faultOfSelector(selector);
          const selection = selectElements(parseHtml('<p class=b><a d>x</a></p>'), selector);
          expect(selection.kind).toBe(fault === null ? 'selected' : 'failed');
        },
      ),
    );
  });
});

describe('the work of a selector', () => {
  const wide = '<b>x</b>'.repeat(100_000);
  const deep = `${'<div class="x y">'.repeat(290)}<a href="/1">x</a>`.repeat(2);

  it('is no matter on a page of usual size', () => {
    const html =
      '<ul class=news>' + '<li><h3><a id=1>News</a></h3><p>…</p>'.repeat(2_000) + '</ul>';
    expect(selected(html, 'main ul.news > li:not(.promo) h3 a, ul.news h3 > a')).toHaveLength(
      2_000,
    );
  });

  it.each([
    ['siblings of siblings', wide, 'i ~ b ~ b'],
    ['neighbours', wide, 'b:nth-child(2n+1):last-of-type ~ b'],
    ['what holds what', wide + wide, ':has(~ :has(~ i))'],
    ['ancestors of ancestors', deep, 'i div div div div div div div div div a'],
    ['all of it in a class as long as the page', `<p class="${'x '.repeat(1e6)}">${wide}`, '.y b'],
  ])('is bounded where it looks at %s', (_case, html, selector) => {
    expect(faultOfSelector(selector)).toBeNull();
    expect(selected(html, selector)).toBe(COSTLY);
  });
});
