import { describe, expect, it } from 'vitest';
import { BodyRecorder, type BodyReport } from './body-recorder.ts';
import { extractPage } from './extract-page.ts';

function paragraphs(count: number): string {
  const one = (n: number) =>
    `<p>Report ${n}: the ferry came back to the old harbour on Monday after ten years of repairs.</p>`;
  return Array.from({ length: count }, (_, n) => one(n)).join('');
}

function report(body: string): BodyReport | null {
  const recorder = new BodyRecorder();
  extractPage(`<title>Ferry returns</title><body>${body}</body>`, {
    url: null,
    hints: {},
    fetchedAt: '2026-03-02T08:00:00Z',
    recorder,
  });
  return recorder.report;
}

describe('the report on a body', () => {
  it('names the chosen element and the best of the others', () => {
    const found = report(`<main><div class="story">${paragraphs(4)}</div></main>`);
    expect(found?.container.path).toBe('body > main > div.story');
    expect(found?.rivals.map(({ path }) => path)).toContain('body > main');
  });

  it('names the rule for what was pruned and for what was dropped', () => {
    const found = report(
      `<article>${paragraphs(6)}<aside>Other stories of the day</aside><p>Advertisement</p><p>The quay was full of people who had waited for the ship since the early morning.</p></article>`,
    );
    expect(found?.leftOut).toMatchObject([
      { rule: 'box', element: 'aside', excerpt: 'Other stories of the day' },
      { rule: 'furniture', element: null, excerpt: 'Advertisement' },
    ]);
  });

  it('stays small however much is left out', () => {
    const boxes = `<div class="promo">${'Buy the paper now. '.repeat(2)}</div>`.repeat(500);
    const found = report(`<article>${paragraphs(9)}${boxes}</article>`);
    expect(found?.leftOutCount).toBe(500);
    expect(found?.leftOut).toHaveLength(100);
    expect(found?.leftOut[0]?.excerpt.length).toBeLessThanOrEqual(80);
    expect(found?.rivals.length).toBeLessThanOrEqual(5);
  });

  it('is missing where the page was refused unread', () => {
    const recorder = new BodyRecorder();
    extractPage('<?xml version="1.0"?><rss><channel></channel></rss>', {
      url: null,
      hints: {},
      fetchedAt: '2026-03-02T08:00:00Z',
      recorder,
    });
    expect(recorder.report).toBeNull();
  });
});
