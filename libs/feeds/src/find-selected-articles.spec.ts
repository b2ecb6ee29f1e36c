import { describe, expect, it } from 'vitest';
import { findSelectedArticles } from './find-listed-articles.ts';

const PAGE = 'https://news.example/latest';

function articles(html: string, selector: string) {
  const found = findSelectedArticles(html, PAGE, selector);
  return found.kind === 'selected' ? found.articles : found.fault.code;
}

describe('the articles that a selector names', () => {
  it('are the links that it names, once each, with what stands beside them', () => {
    const html =
      '<nav><a class=n href="/a/1">One</a><a href="/tags">Tags</a></nav>' +
      '<div><h2><a class=n href="a/2#top">Two</a></h2><time datetime="2026-01-15T10:00Z"></time></div>' +
      '<a class=n href="/a/1?">One</a><a class=n href="/a/1">One, in full</a>';
    expect(articles(html, 'a.n')).toEqual([
      { url: 'https://news.example/a/1', title: 'One, in full', publishedAt: null },
      { url: 'https://news.example/a/2', title: 'Two', publishedAt: '2026-01-15T10:00:00.000Z' },
      { url: 'https://news.example/a/1?', title: 'One', publishedAt: null },
    ]);
  });

  it('are the links inside of what it names, on other sites too, and never the page itself', () => {
    const html =
      '<footer class=list><p><a href="https://other.example/x">X</a><a href="/latest">here</a>' +
      '<a href="javascript:alert(1)">J</a><a>none</a><a href="#top">up</a></p></footer><a href="/y">Y</a>';
    expect(articles(html, '.list')).toMatchObject([{ url: 'https://other.example/x' }]);
  });

  it('are none where it names nothing, and a fault where it cannot be gone by', () => {
    expect(articles('<a href="/1">One</a>', 'article a')).toEqual([]);
    expect(articles('<a href="/1">One</a>', 'article >')).toBe('SELECTOR_INVALID');
  });
});
