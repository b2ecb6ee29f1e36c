import { describe, expect, it } from 'vitest';
import { extractPage } from '../extract-page.ts';

function paragraphs(names: string, count: number): string {
  return Array.from(
    { length: count },
    (_, n) =>
      `<p${names}>Report ${n}: the council said on Monday that ten years of work had come to an end at last.</p>`,
  ).join('');
}

function read(body: string) {
  const extraction = extractPage(`<title>Ferry comes back</title><body>${body}</body>`, {
    url: 'https://news.example/ferry',
    hints: {},
    fetchedAt: '2026-03-02T08:00:00Z',
  });
  return extraction.kind === 'article' ? extraction.article.text : extraction.code;
}

describe('the text of a page', () => {
  it.each([
    ['each paragraph is', paragraphs(' class="paywall"', 9)],
    ['all in one element is', `<div class="paywall">${paragraphs('', 9)}</div>`],
  ])('stays where %s named as what is sold', (_kind, sold) => {
    const opening = '<p>The ferry came back to the old harbour on Monday, after ten years.</p>';
    const text = read(
      `<article><h1>Ferry comes back</h1>${opening}${sold}<h2 class="paywall">On board</h2><p class="paywall">It was full.</p></article>`,
    );
    for (const line of ['The ferry', 'Report 0', 'Report 8', 'On board', 'It was full.'])
      expect(text).toContain(line);
  });

  it('leaves out the offer of that name', () => {
    const offer =
      '<div class="paywall"><p>This story goes on for all who have an account with us.</p><a href="/in">Sign in</a> <a href="/new">Open one</a></div>';
    expect(read(`<article>${paragraphs('', 5)}${offer}</article>`)).not.toContain('goes on');
  });

  it('is found by its length where what the names leave is no story', () => {
    const odd = Array.from(
      { length: 3 },
      () => `<div class="footer"><div class="sidebar">${paragraphs('', 7)}</div></div>`,
    ).join('');
    expect(
      read(
        `<main><p>Twelve people wrote about this, and here is all that they had to say.</p>${odd}</main>`,
      ),
    ).toContain('Report 6');
  });
});
