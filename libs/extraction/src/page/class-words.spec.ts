import { describe, expect, it } from 'vitest';
import { extractPage } from '../extract-page.ts';

const STORY = Array.from(
  { length: 6 },
  (_, n) =>
    `<p>Report ${n}: the ferry came back to the old harbour on Monday, after ten years of repairs.</p>`,
);

function textOf(body: string): string {
  const extraction = extractPage(`<title>Ferry</title><body>${body}</body>`, {
    url: null,
    hints: {},
    fetchedAt: '2026-03-02T08:00:00Z',
  });
  return extraction.kind === 'article' ? extraction.article.text : extraction.code;
}

describe('what names say about an element', () => {
  it('takes the id of a section for its topic, not for its purpose', () => {
    const menu =
      '<p>The menu on board has five courses, and the cook changes it every single day.</p>';
    expect(
      textOf(`<article>${STORY.join('')}
        <h2 id="menu">On board</h2><div id="a-new-menu-for-the-ferry">${menu}</div></article>`),
    ).toContain('On board\n\nThe menu on board has five courses');
  });

  it('believes a class that speaks of navigation only where there are no paragraphs', () => {
    const links = '<div class="nav-links"><a href="/a">Older</a> <a href="/b">Newer</a></div>';
    const text = textOf(
      `<main><div class="content-nav-section">${STORY.slice(0, 5).join('')}</div>${links}
       <div class="content-nav-section">${STORY.slice(5).join('')}</div></main>`,
    );
    expect(text).toContain('Report 0');
    expect(text).not.toContain('Older');
  });
});
