import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractPage } from '../extract-page.ts';
import { refusePage, type PageFacts } from './refuse-page.ts';

const ARTICLE_URL = 'https://harbour-news.example/2026/03/02/ferry-returns-after-ten-years';

function pageOf(title: string, body: string, head = ''): string {
  return `<!doctype html><html><head><title>${title}</title>${head}</head><body>${body}</body></html>`;
}

function codeOf(html: string, url: string | null = ARTICLE_URL): string {
  const extraction = extractPage(html, { url, hints: {}, fetchedAt: '2026-11-24T12:00:00Z' });
  return extraction.kind === 'rejected' ? extraction.code : extraction.kind;
}

const SORRY = `<p>${'We are sorry, but this is not here. Try the search or go back to the start. '.repeat(3)}</p>`;
const LINKS = Array.from(
  { length: 40 },
  (_, n) =>
    `<li><a href="/2026/03/0${n % 9}/story-${n}">Harbour story number ${n} with a headline of some length</a></li>`,
).join('');
const LISTING = `<main><h1>News</h1><ul>${LINKS}</ul><p>${'All the news of the harbour, every day. '.repeat(8)}</p></main>`;

describe('a page that is no article', () => {
  it.each([
    ['Page not found - Harbour News', SORRY, 'IS_ERROR_PAGE'],
    ['404', SORRY, 'IS_ERROR_PAGE'],
    ['Harbour News | Seite nicht gefunden', SORRY, 'IS_ERROR_PAGE'],
    ['Страница не найдена', SORRY, 'IS_ERROR_PAGE'],
    ['Harbour News', `<h1>Page introuvable</h1>${SORRY}`, 'IS_ERROR_PAGE'],
    ['Just a moment...', SORRY, 'IS_BOT_WALL'],
    ['Attention Required! | Cloudflare', SORRY, 'IS_BOT_WALL'],
    [
      'harbour-news.example',
      `<p>${'Enable JavaScript and cookies to continue. '.repeat(6)}</p>`,
      'IS_BOT_WALL',
    ],
    ['Log in | Harbour News', SORRY, 'IS_LOGIN_WALL'],
    ['Anmelden', SORRY, 'IS_LOGIN_WALL'],
    ['Before you continue', SORRY, 'IS_COOKIE_WALL'],
    ['Harbour News', '<div><script>render()</script></div>', 'EMPTY_PAGE'],
  ])('%s', (title, body, code) => {
    // What a page shows counts: a title alone does not.
    expect(codeOf(pageOf(code === 'EMPTY_PAGE' ? '' : title, body))).toBe(code);
  });

  it.each([
    ['Página no encontrada | Diario del Puerto', 'IS_ERROR_PAGE'],
    ['Erreur 404 - Le Port', 'IS_ERROR_PAGE'],
    ['Nie znaleziono strony', 'IS_ERROR_PAGE'],
    ['Zugriff verweigert', 'IS_BOT_WALL'],
    ['Accès refusé | Le Port', 'IS_BOT_WALL'],
    ['Iniciar sesión – Diario del Puerto', 'IS_LOGIN_WALL'],
    ['Zaloguj się', 'IS_LOGIN_WALL'],
    ['Inloggen | Havenkrant', 'IS_LOGIN_WALL'],
    ['Datenschutzeinstellungen', 'IS_COOKIE_WALL'],
    ['Avant de continuer', 'IS_COOKIE_WALL'],
  ])('is known by its title in its own language: %s', (title, code) => {
    expect(codeOf(pageOf(title, SORRY))).toBe(code);
  });

  it.each(['https://harbour-news.example/', 'https://harbour-news.example/world/europe'])(
    'lists links at %s',
    (url) => {
      expect(codeOf(pageOf('Harbour News', LISTING), url)).toBe('IS_LISTING');
    },
  );
});

describe('an article is not refused', () => {
  const story = `<article><h1>Page not found: how the archive was lost</h1>
<p>The archive of the harbour was lost in a fire on Monday, and nobody has found a copy of it since.</p>
<p>The harbour master said that the papers had been kept in a shed beside the quay for forty years.</p>
</article>`;

  it('for a title that begins like an error', () => {
    expect(codeOf(pageOf('How to log in to the harbour', story))).toBe('article');
  });

  it('for being short, where it says that it is one', () => {
    const head = '<meta property="og:type" content="article">';
    expect(codeOf(pageOf('Access denied', story, head))).toBe('article');
  });

  it('for the links around it', () => {
    expect(codeOf(pageOf('Ferry returns', `${story}<ul>${LINKS}</ul>`))).toBe('article');
  });
});

describe('a list of stories', () => {
  const teasers = Array.from(
    { length: 12 },
    (_, n) =>
      `<div><h2><a href="/s/${n}">Harbour story number ${n}</a></h2><p>What the harbour master said on day ${n} about the ferry, the quay and the repairs that are to come.</p></div>`,
  ).join('');

  it.each([
    'https://harbour-news.example/',
    'https://harbour-news.example/tag/ferry',
    'https://harbour-news.example/news/category/ferry/page/2',
    'https://harbour-news.example/author/ada-example',
    'https://harbour-news.example/search?q=ferry',
    'https://harbour-news.example/2026/03/',
  ])('at %s is no article', (url) => {
    expect(codeOf(pageOf('Harbour News', teasers), url)).toBe('IS_LISTING');
  });

  it('is part of the article that stands beside it, or says to be one', () => {
    const url = 'https://harbour-news.example/';
    const head = '<meta property="og:type" content="article">';
    const paragraph = '<p>The ferry came back to the old harbour after ten years of repairs.</p>';
    expect(codeOf(pageOf('Ferry', teasers, head), url)).toBe('article');
    expect(codeOf(pageOf('Ferry', `<main>${paragraph.repeat(90)}</main>${teasers}`), url)).toBe(
      'article',
    );
    expect(codeOf(pageOf('Ferry', teasers), ARTICLE_URL)).toBe('article');
  });
});

it('a page whose whole text asks for consent is a cookie wall, and one about cookies is not', () => {
  const text = Array.from(
    { length: 12 },
    (_, n) =>
      `<p>We and our partners store information such as cookies on a device for purpose ${n}, which you may accept or refuse.</p>`,
  ).join('');
  expect(codeOf(pageOf('Harbour News', `<div class="cookie-consent">${text}</div>`))).toBe(
    'IS_COOKIE_WALL',
  );
  expect(codeOf(pageOf('Harbour News', `<article>${text}</article>`))).toBe('article');
});

describe('refusePage', () => {
  const facts = fc.record<PageFacts>({
    titles: fc.array(fc.oneof(fc.string(), fc.constantFrom('404', 'Just a moment...', 'Log in'))),
    textLength: fc.nat(100_000),
    linkLength: fc.nat(100_000),
    bodyLength: fc.nat(100_000),
    body: fc.string(),
    saysArticle: fc.boolean(),
    hasSectionAddress: fc.boolean(),
    hasListAddress: fc.boolean(),
    linkedHeadlines: fc.nat(300),
    goodLength: fc.nat(100_000),
    isInBox: fc.boolean(),
  });

  it('refuses nothing with a long text, and nothing with a text that says it is an article', () => {
    fc.assert(
      fc.property(facts, (page) => {
        const isLong =
          page.bodyLength > 2_500 &&
          page.goodLength > page.textLength / 2 &&
          page.goodLength > page.linkedHeadlines * 400;
        if (isLong || (page.saysArticle && page.bodyLength > 0))
          expect(refusePage(page)).toBeNull();
      }),
    );
  });
});
