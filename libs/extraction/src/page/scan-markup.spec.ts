import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeNames, scanMarkup } from './scan-markup.ts';

/** The events of a page as one line: `<p a=1` opens, `>p` closes, texts stand between bars. */
function eventsOf(html: string): string {
  const events: string[] = [];
  scanMarkup(html, attributeNames(['class', 'href', 'hidden']), {
    open: ({ name }, attributes) => {
      const shown = attributes
        .toPairs(new Set())
        .map((part, index) => (index % 2 === 0 ? ` ${part}` : `=${part}`));
      events.push(`<${name}${shown.join('')}`);
    },
    text: (text, isRaw) => events.push(isRaw ? `{${text}}` : `|${text}|`),
    close: ({ name }) => events.push(`>${name}`),
  });
  return events.join('');
}

describe('scanMarkup', () => {
  it.each([
    ['<p>One<p>Two', '<p|One|>p<p|Two|>p'],
    ['<ul><li>a<li>b</ul>', '<ul<li|a|>li<li|b|>li>ul'],
    ['<P CLASS=Big>a</P>', '<p class=Big|a|>p'],
    ['a<br/>b</br>c', '|a|<br>br|b|<br>br|c|'],
    ['</p>a</b>', '<p>p|a|'],
    ['<a href="x>y" title=\'">\' hidden>z</a>', '<a href=x>y hidden=|z|>a'],
    ['<a href=/a/b/ class = c>z', '<a href=/a/b/ class=c|z|>a'],
    ['1 < 2 <3 <', '|1 < 2 <3 <|'],
    ['a<!-- <p> -->b<!-->c<!DOCTYPE html>d<?xml ?>e', '|a||b||c||d||e|'],
    ['<script>if (a</b/) "</scripty>"</SCRIPT >x', '<script{if (a</b/) "</scripty>"}>script|x|'],
    ['<title>A <b> B</title>', '<title{A <b> B}>title'],
    ['<svg><path d="1"/><path/></svg>t', '<svg<path>path<path>path>svg|t|'],
    ['text<p class="never closed', '|text|'],
    ['text<!-- never closed <p>', '|text|'],
    ['<style>p{}', '<style{p{}}>style'],
    ['<form><form>a</form>b', '<form|a|>form|b|'],
  ])('reads %s', (html, events) => {
    expect(eventsOf(html)).toBe(events);
  });

  it('closes whatever it opens, in order, on any markup', () => {
    const piece = fc.constantFrom(
      ...'<p> </p> <div </div> <script> </script> <svg> </svg> <!-- --> < > " \' = / a <li> <a <br/>'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const open: string[] = [];
        scanMarkup(pieces.join(''), attributeNames([]), {
          open: ({ name }) => open.push(name),
          text: () => undefined,
          close: ({ name }) => expect(open.pop()).toBe(name),
        });
        expect(open).toEqual([]);
      }),
    );
  });

  it('takes time that grows with the length of hostile markup', () => {
    const startedAtMs = performance.now();
    for (const piece of ['</b', '<!', '</', '<p a="', '<b></i>', '<a =', '</p>'])
      eventsOf(`<b>${piece.repeat(200_000)}`);
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
  });
});
