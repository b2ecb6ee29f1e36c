import { describe, expect, it } from 'vitest';
import { extractPage } from '../extract-page.ts';
import type { ExtractedArticle } from '../extracted-article.ts';

const STORY = Array.from(
  { length: 5 },
  (_, n) =>
    `<p>Report ${n}: the council said on Monday that ten years of work had come to an end at last.</p>`,
).join('');

interface Parts {
  readonly head?: string;
  readonly above?: string;
  readonly top?: string;
  readonly story?: string;
  readonly title?: string;
}

function read({ head = '', above = '', top = '', story = STORY, title }: Parts): ExtractedArticle {
  const html = `<html lang="en"><head><title>${title ?? 'Ferry comes back'}</title>${head}</head><body>
    ${above}<article><h1>Ferry comes back</h1>${top}${story}</article></body></html>`;
  const extraction = extractPage(html, {
    url: 'https://www.harbourtimes.example/ferry-comes-back',
    hints: {},
    fetchedAt: '2026-03-05T08:00:00Z',
  });
  if (extraction.kind !== 'article') throw new Error(`${extraction.code}: ${extraction.detail}`);
  return extraction.article;
}

function jsonLd(fields: object): string {
  const article = { '@type': 'NewsArticle', headline: 'Ferry comes back', ...fields };
  return `<script type="application/ld+json">${JSON.stringify(article)}</script>`;
}

describe('the picture of a page', () => {
  const icon = '<img src="/icons/share.png"><img src="/pixel.gif" width="1" height="1">';

  it('is the first one in the story where none is declared', () => {
    const photo =
      '<figure><img src="/ferry.jpg" width="800" height="600" alt="The ferry"></figure>';
    const { image, provenance } = read({ top: `${icon}${photo}<img src="/quay.jpg">` });
    expect(image).toEqual({
      url: 'https://www.harbourtimes.example/ferry.jpg',
      width: 800,
      height: 600,
      alt: 'The ferry',
    });
    expect(provenance['image']?.from).toBe('visible');
  });

  it('is the one that a script would load later', () => {
    const { image } = read({ top: '<img src="data:image/gif;base64,R0" data-src="/ferry.jpg">' });
    expect(image).toEqual({ url: 'https://www.harbourtimes.example/ferry.jpg' });
  });

  it('is none where there are only icons, portraits and advertisements', () => {
    const others = '<div class="author-card"><img src="/ann.jpg"></div><img src="/a.svg">';
    expect(read({ top: icon + others, above: '<nav><img src="/x.jpg"></nav>' }).image).toBeNull();
  });
});

describe('what a page sells', () => {
  it.each([
    jsonLd({ isAccessibleForFree: 'False' }),
    jsonLd({ hasPart: { '@type': 'WebPageElement', isAccessibleForFree: false } }),
    '<meta property="article:content_tier" content="locked">',
  ])('is told by %s', (head) => {
    expect(read({ head })).toMatchObject({ paywalled: true, truncated: true });
  });

  it('is not told by a part that is free', () => {
    const head = jsonLd({ hasPart: [{ isAccessibleForFree: true }, null, 'x'] });
    expect(read({ head })).toMatchObject({ paywalled: false, truncated: false });
  });

  it('tells a text that breaks off', () => {
    const story = `${STORY}<p>Then the ferry went on to the… <a href="/all">Continue reading</a></p>`;
    expect(read({ story })).toMatchObject({ paywalled: false, truncated: true });
  });
});

describe('titles, authors and dates', () => {
  it.each([
    ['Harbour Times: Ferry sails once more', 'Ferry sails once more'],
    ['Harbour: Ferry sails once more', 'Harbour: Ferry sails once more'],
    ['Ferry: sails once more', 'Ferry: sails once more'],
  ])('take the site off %s', (written, title) => {
    const head = `<meta property="og:title" content="${written}"><meta property="og:site_name" content="Harbour Times">`;
    expect(read({ head, title: 'x' }).title).toBe(title);
  });

  it('take a version slug off the headline and keep it among the rivals', () => {
    const article = read({ head: jsonLd({ headline: 'UPDATE 2-Ferry comes back' }) });
    expect(article.title).toBe('Ferry comes back');
    expect(article.provenance['title']?.rivals).toContainEqual({
      from: 'json-ld',
      value: 'UPDATE 2-Ferry comes back',
    });
  });

  it('take no job for an author', () => {
    const top =
      '<p class="byline">By <a href="/author/ann">Ann Lee</a>, Chief Bridge Correspondent</p>';
    expect(read({ top }).authors).toEqual(['Ann Lee']);
  });

  it.each(['Author', 'Autor:', 'Von:', 'Auteur'])('take the author below the label %s', (label) => {
    const above = `<div><h5>${label}</h5><p>Ann Lee, </p></div>`;
    expect(read({ above }).authors).toEqual(['Ann Lee']);
    expect(read({ above: `<div><h5>${label}</h5><p>Read all about it</p></div>` }).authors).toEqual(
      [],
    );
  });

  it("take no date that a site shows as today's", () => {
    const above = '<div class="header-date">Thursday, March 5, 2026</div>';
    expect(read({ above }).publishedAt).toBeNull();
    const top = '<p>March 2, 2026</p>';
    expect(read({ above, top }).publishedAt).toBe('2026-03-02T00:00:00.000Z');
    expect(read({ top: '<p>March 5, 2026</p>' }).publishedAt).toBe('2026-03-05T00:00:00.000Z');
  });
});
