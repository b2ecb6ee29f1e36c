import { describe, expect, it } from 'vitest';
import { extractPage } from './extract-page.ts';

const STORY = Array.from(
  { length: 6 },
  (_, n) =>
    `<p>Report ${n}: the ferry came back to the old harbour on Monday, after ten years of repairs.</p>`,
);
const [FIRST, SECOND, ...OTHERS] = STORY;
const LINKS = ['The harbour in pictures', 'The timetable for March', 'How to reach the quay'].map(
  (title, n) => `<li><a href="/story-${n}">${title}</a></li>`,
);
const LIST = `<ul>${LINKS.join('')}</ul>`;
const LETTER = `<p>${'We will never give the address you write here to anybody, and you can leave at any time. '.repeat(2)}</p>`;

function textOf(body: string): string {
  const extraction = extractPage(`<title>Ferry</title><body>${body}</body>`, {
    url: null,
    hints: {},
    fetchedAt: '2026-03-02T08:00:00Z',
  });
  return extraction.kind === 'article' ? extraction.article.text : extraction.code;
}

describe('a list of links', () => {
  it('is part of the story between two of its paragraphs', () => {
    const text = textOf(`<article>${FIRST}${LIST}${SECOND}${OTHERS.join('')}</article>`);
    expect(text).toContain('The harbour in pictures\nThe timetable for March\nHow to reach');
  });

  it('is part of the story where a colon announces it', () => {
    const text = textOf(
      `<article>${STORY.join('')}<p>These are worth a visit:</p>${LIST}</article>`,
    );
    expect(text).toContain('These are worth a visit:\n\nThe harbour in pictures');
  });

  it('is none of it before or behind the text', () => {
    const text = textOf(`<article>${LIST}${STORY.join('')}${LIST}</article>`);
    expect(text).not.toContain('pictures');
    expect(text).toMatch(/^Report 0[\s\S]*Report 5/);
  });
});

describe('the text of a page', () => {
  it('keeps headings that are links', () => {
    const heading = '<h2><a href="#quay">At the quay</a></h2>';
    expect(textOf(`<article>${FIRST}${heading}${OTHERS.join('')}</article>`)).toContain(
      '\n\nAt the quay\n\n',
    );
  });

  it('keeps the heading of a section in its header, and no header of the page', () => {
    const header = (title: string) => `<header><h2>${title}</h2></header>`;
    const top = '<header><p>Harbour News, founded 1890</p></header>';
    const text = textOf(
      `<article>${top}${FIRST}${header('At the quay')}${OTHERS.join('')}</article>`,
    );
    expect(text).toContain('At the quay');
    expect(text).not.toContain('founded');
  });

  it('is in the main part of the page, whatever its class', () => {
    expect(textOf(`<main class="with-sidebar popup">${STORY.join('')}</main>${LETTER}`)).toMatch(
      /^Report 0/,
    );
  });

  it.each([
    ['a form', `<form>${LETTER}</form>`],
    ['who wrote it', `<div class="story-author-info">${LETTER}</div>`],
    ['what readers say', `<section class="testimonials">${LETTER}</section>`],
    ['a disclaimer', `<div class="legal-disclaimer">${LETTER}</div>`],
    ['the settings of a widget', `<div>{"layout": 2, "label": "${'Buy now. '.repeat(20)}"}</div>`],
  ])('is without %s', (_, extra) => {
    const text = textOf(`<article>${STORY.join('')}${extra}${STORY.join('')}</article>`);
    expect(text).not.toMatch(/never give|Buy now/);
    expect(text).toContain('Report 5');
  });

  it('is told once where the page shows it twice', () => {
    const [first = ''] = STORY;
    const text = textOf(`<article>${STORY.join('')}<div class="narrow">${first}</div></article>`);
    expect(text.match(/Report 0/g)).toHaveLength(1);
  });

  it('may repeat short lines', () => {
    const chorus = '<p>And the ferry sails on.</p>';
    const text = textOf(`<article>${STORY.map((verse) => verse + chorus).join('')}</article>`);
    expect(text.match(/sails on/g)).toHaveLength(STORY.length);
  });

  it('is found where every part of it is named as a box', () => {
    const reports = STORY.map((report) => `<div class="comment">${report}</div>`).join('');
    const text = textOf(`<main><h1>Live</h1>${reports}<nav>Older reports of the day</nav></main>`);
    expect(text).toMatch(/^Report 0[\s\S]*Report 5/);
    expect(text).not.toContain('Older');
  });

  it.each(['5 min read', '4 Minuten Lesezeit', '12 shares', 'Sommaire', 'Spis treści'])(
    'is without the line "%s"',
    (line) => {
      const text = textOf(`<article>${STORY.join('')}<p>${line}</p>${STORY.join('')}</article>`);
      expect(text).toContain('Report 5');
      expect(text).not.toContain(line);
    },
  );

  it('may stand in a form that is the whole page', () => {
    expect(textOf(`<form id="aspnet">${STORY.join('')}</form>`)).toMatch(
      /^Report 0[\s\S]*Report 5/,
    );
  });
});
