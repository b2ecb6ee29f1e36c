import { describe, expect, it } from 'vitest';
import { extractPage } from '../extract-page.ts';

const TITLE = '<title>Ferry comes back - Harbour News</title>';

function paragraphs(subject: string, count: number): string {
  return Array.from(
    { length: count },
    (_, n) =>
      `<p>${subject} ${n}: the council said on Monday that ten years of work had come to an end at last.</p>`,
  ).join('');
}

function textOf(body: string, head = TITLE): string {
  const extraction = extractPage(`${head}<body>${body}</body>`, {
    url: 'https://news.example/ferry',
    hints: {},
    fetchedAt: '2026-03-02T08:00:00Z',
  });
  return extraction.kind === 'article' ? extraction.article.text : extraction.code;
}

describe('a page of several stories', () => {
  it('is its first story where the next ones are loaded on scrolling', () => {
    const story = (headline: string, subject: string, count: number) =>
      `<div class="story loaded"><h1>${headline}</h1>${paragraphs(subject, count)}</div>`;
    const text = textOf(
      `<main>${story('Ferry comes back', 'Ferry', 5)}${story('Bridge closes', 'Bridge', 9)}${story('Cats win', 'Cat', 7)}</main>`,
    );
    expect(text).toContain('Ferry 4');
    expect(text).not.toMatch(/Bridge|Cat/);
  });

  it('is the story that its title names where each is dated', () => {
    const story = (headline: string, subject: string) =>
      `<article><time datetime="2026-03-02">2 March</time>${headline}${paragraphs(subject, 5)}</article>`;
    const text = textOf(
      `<main>${story('<h1>Ferry comes back</h1>', 'Ferry')}${story('<h2>Bridge closes</h2>', 'Bridge')}</main>`,
    );
    expect(text).toContain('Ferry 4');
    expect(text).not.toContain('Bridge');
  });

  it.each([
    ['sections of one story', '<h1>On board</h1>', '<h1>On shore</h1>'],
    ['parts below one headline', '<h1>Ferry comes back</h1>', '<h2>On shore</h2>'],
  ])('keeps %s together', (_kind, first, second) => {
    const text = textOf(
      `<main><section class="part">${first}${paragraphs('Ferry', 5)}</section><section class="part">${second}${paragraphs('Quay', 5)}</section></main>`,
    );
    expect(text).toContain('Ferry 4');
    expect(text).toContain('Quay 4');
  });

  it('keeps a long story together whose first section is short', () => {
    const text = textOf(
      `<main><section class="part"><h1>Ferry comes back</h1>${paragraphs('Ferry', 4)}</section><section class="part"><h1>The whole history</h1>${paragraphs('Quay', 40)}</section></main>`,
    );
    expect(text).toContain('Quay 39');
  });
});

describe('boxes of any length', () => {
  const story = `<article><h1>Ferry comes back</h1>${paragraphs('Ferry', 4)}</article>`;

  it.each([
    ['comments', `<div id="comments" class="comments-area">${paragraphs('Opinion', 12)}</div>`],
    [
      'a list of comments that are articles',
      `<ol class="comment-list"><li><article class="comment">${paragraphs('Opinion', 12)}</article></ol>`,
    ],
    ['a consent layer', `<div class="cookie-consent">${paragraphs('Opinion', 12)}</div>`],
    ['a dialog', `<div role="dialog">${paragraphs('Opinion', 12)}</div>`],
  ])('leaves out %s', (_kind, box) => {
    for (const page of [`${story}${box}`, `${box}${story}`, `<div>${story}${box}</div>`])
      expect(textOf(page)).not.toContain('Opinion');
    expect(textOf(`${story}${box}`)).toContain('Ferry 3');
  });

  it.each(['comments-open', 'gdpr-wrapper', 'cookie-banner'])(
    'keeps the story that a theme wraps in %s',
    (name) => {
      expect(textOf(`<div class="${name}">${story}</div>`)).toContain('Ferry 3');
    },
  );

  it('reads what a component shows from a declarative shadow root', () => {
    expect(
      textOf(`<news-story><template shadowrootmode="open">${story}</template></news-story>`),
    ).toContain('Ferry 3');
    expect(textOf(`${story}<template>${paragraphs('Opinion', 9)}</template>`)).not.toContain(
      'Opinion',
    );
  });
});
