import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findListedArticles } from './find-listed-articles.ts';

const PAGE = 'https://www.harbour.example/news/';
const NAVIGATION = `
<header><a href="/">The Harbour Gazette: all the news of the coast</a>
  <h2><a href="/2026/special-offer-for-new-readers-only">A special offer for all new readers</a></h2></header>
<nav><ul><li><a href="/news/local">News from the harbour and the town</a></li>
  <li><a href="/sport">Sport and leisure on the whole coast</a></li>
  <li><a href="/culture">Culture and life between sea and hills</a></li></ul></nav>`;
const FOOTER = `
<div class="site-footer"><ul><li><a href="/terms-of-service-and-use-of-this-site">Terms of service and of use</a></li>
  <li><a href="/how-we-deal-with-your-data">How we deal with all your data</a></li>
  <li><a href="/who-we-are-and-what-we-do">Who we are and what we do here</a></li></ul></div>
<footer><a href="/2026/01/15/print-edition-of-today">The print edition of today, as ever</a></footer>`;

function page(main: string): string {
  return `<!doctype html><html><head><title>News</title></head><body class="has-nav">${NAVIGATION}<main>${main}</main>${FOOTER}</body></html>`;
}

function found(main: string, url = PAGE) {
  return findListedArticles(page(main), url);
}

function urls(main: string, url = PAGE): readonly string[] {
  return found(main, url).map((article) => article.url);
}

describe('the articles that a page lists', () => {
  it('are found in cards, each once, with headline and time', () => {
    const card = (number: number, title: string) => `
      <article class="card"><header><a href="/news/${number}"><img src="/i/${number}.jpg" alt="A picture"></a></header>
        <h3 class="title"><a href="/news/${number}#top">${title}</a></h3><time datetime="2026-01-1${number}T08:00:00Z">today</time>
        <p>What it is about.</p><a class="more" href="/news/${number}">Read more about it here</a>
        <a href="/author/jane-of-the-harbour-desk">By Jane of the harbour desk</a></article>`;
    const main =
      card(1, 'Ferry is back') + card(2, 'Council votes on the new quay') + card(3, 'Storm');
    expect(found(main)).toEqual([
      {
        url: 'https://www.harbour.example/news/1',
        title: 'Ferry is back',
        publishedAt: '2026-01-11T08:00:00.000Z',
      },
      {
        url: 'https://www.harbour.example/news/2',
        title: 'Council votes on the new quay',
        publishedAt: '2026-01-12T08:00:00.000Z',
      },
    ]);
  });

  it('are found in a bare list of links with numbers', () => {
    const row = (id: number) =>
      `<tr><td>${id}</td><td><a href="story.php?id=${id}">The council has met again about matter ${id}</a></td></tr>`;
    expect(urls(`<table>${row(17)}${row(18)}${row(19)}</table>`)).toEqual([
      'https://www.harbour.example/news/story.php?id=17',
      'https://www.harbour.example/news/story.php?id=18',
      'https://www.harbour.example/news/story.php?id=19',
    ]);
  });

  it('are found in blocks without any headings, where the link is around everything', () => {
    const block = (slug: string, text: string) =>
      `<div class="x1"><a class="x2" href="/a/${slug}"><div><span>${text}</span></div></a></div>`;
    const main = [
      block('old-bridge-to-close-in-march', 'Old bridge to close in March'),
      block('school-wins-prize-for-garden', 'School wins prize for its garden'),
      block('harbour-master-retires-after-40-years', 'Harbour master retires'),
    ].join('');
    expect(urls(main)).toHaveLength(3);
  });

  it('are found in Japanese, in addresses by day', () => {
    const entry = (number: number, title: string) =>
      `<li><a href="/2026/01/15/kiji${number}"><h2>${title}</h2></a></li>`;
    const main = `<ul>${entry(1, '港の新しい橋が三月に開通する')}${entry(2, '市議会が予算案を可決した')}</ul>`;
    expect(found(main).map(({ title }) => title)).toEqual([
      '港の新しい橋が三月に開通する',
      '市議会が予算案を可決した',
    ]);
  });

  it('are found on other hosts of the same site, and on no other site', () => {
    const item = (origin: string) =>
      `<li><h3><a href="${origin}/old-bridge-to-close-in-march">Old bridge to close in March</a></h3></li>`;
    const main = `<ul>${item('https://sport.harbour.example')}${item('https://advert.example')}</ul>`;
    expect(urls(main)).toEqual(['https://sport.harbour.example/old-bridge-to-close-in-march']);
  });

  it('are resolved against the base of the page', () => {
    const html = `<html><head><base href="/archive/2026/"></head><body><h2><a href="old-bridge-to-close-in-march">Old bridge to close in March</a></h2></body></html>`;
    expect(findListedArticles(html, PAGE).map(({ url }) => url)).toEqual([
      'https://www.harbour.example/archive/2026/old-bridge-to-close-in-march',
    ]);
  });
});

describe('what a page links to beside its articles', () => {
  it.each([
    ['menus, headers and footers', ''],
    ['the pages that follow', '<div><a href="?page=2">Show me more of these</a></div>'],
    [
      'lists by tag, author and day',
      ['tag/the-sea-and-its-ships', 'author/jane-of-the-harbour', '2026/01/15']
        .map((path) => `<h3><a href="/${path}">All the articles about this</a></h3>`)
        .join(''),
    ],
    [
      'files',
      '<h3><a href="/2026/01/15/report.pdf">The whole report as a document</a></h3>'.repeat(3),
    ],
    ['itself', '<h2><a href="/news/">All the news of the harbour</a></h2>'],
    [
      'other schemes',
      '<h2><a href="javascript:open(12345)">Open the story in a new window</a></h2><h2><a href="mailto:a@b.example">Write to the people of the desk</a></h2>',
    ],
    [
      'what shares and recommends',
      '<div class="social share"><h3><a href="/share/old-bridge-to-close-in-march">Share this with all your friends</a></h3></div>',
    ],
  ])('is left out: %s', (_what, main) => {
    expect(urls(main)).toEqual([]);
  });
});

describe('a hostile page', () => {
  it.each([
    ['nested elements', '<div>'.repeat(100_000)],
    ['nested links', '<a href="/old-bridge-to-close-in-march">'.repeat(50_000)],
    ['open lists', '<ul><li>'.repeat(50_000)],
    ['attributes', `<a ${'x="y" '.repeat(100_000)}>`],
    ['many links', '<h2><a href="/old-bridge-to-close-in-march">x</a></h2>'.repeat(50_000)],
  ])('is answered in time: %s', (_what, html) => {
    const before = process.cpuUsage();
    findListedArticles(html, PAGE);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(4_000);
  });

  it('of any pieces is answered without a throw, with addresses of its own site only', () => {
    const piece = fc.constantFrom(
      '<a href="/2026/01/15/old-bridge">',
      '<a href="https://other.example/2026/01/15/old-bridge">',
      '<a href="http://[">',
      '<a href="%ff/%zz">',
      '</a>',
      '<h2>',
      '</h2>',
      '<nav>',
      '<time datetime="x">',
      'Old bridge to close in March ',
      '<base href="http://[">',
      '\u0000',
      '</div>',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        for (const { url } of findListedArticles(pieces.join(''), PAGE)) {
          expect(new URL(url).hostname).toBe('www.harbour.example');
        }
      }),
    );
  });
});
