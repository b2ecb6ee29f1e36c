import { describe, expect, it } from 'vitest';
import { type NormalArticle, normaliseArticle } from './normalise-article.ts';

const NOW = '2026-03-02T06:00:00.000Z';
const PAGE = `<html lang="en"><head><title>Ferry returns</title>
<link rel="canonical" href="https://news.example/ferry">
<meta property="article:section" content="Town"><meta name="keywords" content="ferry, quay">
</head><body><article><h1>Ferry returns</h1>
<p>The ferry came back on Monday, and <a href="/quay">the quay</a> was full of people from the town and the islands.</p>
<p>People had waited on the quay since dawn, and the mayor spoke to them for less than an hour.</p></article></body></html>`;

function read(input: Partial<Parameters<typeof normaliseArticle>[0]>): NormalArticle {
  const url = 'https://news.example/ferry?from=home';
  const given = { url, body: PAGE, mediaType: 'text/html', charset: null, hints: {}, ...input };
  const { outcome } = normaliseArticle(given, NOW);
  if (outcome.kind !== 'article') throw new Error(outcome.detail);
  return outcome.article;
}

describe('an article whose fields were found before', () => {
  const found = read({});

  it('is the same article again, field by field', () => {
    const again = read({ body: found.text, mediaType: 'text/plain', fields: found });
    expect(again).toEqual(found);
    expect(found.html).toContain('<a href=');
  });

  it('keeps a text that a reader of texts would cut', () => {
    const text = 'By Ada Example\n\nRead more: other news';
    expect(read({ body: text, mediaType: 'text/plain', fields: found }).text).toBe(text);
  });

  it('has its HTML written anew where that is not as it is written here', () => {
    const fields = { ...found, html: '<p onclick="x()">The ferry</p>' };
    const { html } = read({ body: 'A < B\n\nC', mediaType: 'text/plain', fields });
    expect(html).toBe('<p>A &lt; B</p>\n<p>C</p>');
  });
});
