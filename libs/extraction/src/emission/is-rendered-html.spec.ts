import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml } from './escape-html.ts';
import { isRenderedHtml } from './is-rendered-html.ts';

describe('HTML as it is rendered', () => {
  it.each([
    '',
    'no markup &lt;b&gt;',
    '<p>One</p>\n<h2>Two</h2>',
    '<ul><li>a <em><strong>b</strong></em></li></ul>',
    '<table><tbody><tr><td>1</td></tr></tbody></table>',
    '<p><a href="https://news.example/?a=1&amp;b=2">here</a></p>',
  ])('is known: %j', (html) => {
    expect(isRenderedHtml(html)).toBe(true);
  });

  it.each([
    '<script>alert(1)</script>',
    '<p onclick="x()">a</p>',
    '<a href="javascript:alert(1)">a</a>',
    '<a href="https://x.example" onclick="y">a</a>',
    "<a href='https://x.example'>a</a>",
    '<a>a</a>',
    '<p>open',
    '</div>',
    '<p><em>a</p></em>',
    '<P>a</P>',
    '<p >a</p>',
    '<p',
    '<!-- a -->',
    '<img src="https://x.example/a.png">',
    '<em>'.repeat(101) + '</em>'.repeat(101),
  ])('is told from %j', (html) => {
    expect(isRenderedHtml(html)).toBe(false);
  });

  it('holds any escaped text, and no tag that is none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeHtml(text);
        expect(isRenderedHtml(`<p>${escaped}</p>`)).toBe(true);
        expect(isRenderedHtml(`<p>${escaped}<${escaped}</p>`)).toBe(false);
      }),
    );
  });
});
