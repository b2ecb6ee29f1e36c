import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractPage } from './extract-page.ts';
import { extractPlainText } from './extract-plain-text.ts';
import type { ExtractedArticle } from './extracted-article.ts';
import type { ExtractionHints } from './extraction.ts';

const FETCHED_AT = '2026-11-24T12:00:00Z';
const URL_OF_PAGE = 'https://news.example.com/2024/07/15/bridge';
const OPENING =
  'The harbour city reopened its oldest bridge on Monday after three years of repairs, and thousands of people walked across it before noon.';
const SECOND =
  'Engineers replaced more than four hundred steel plates, the council said in a statement, and the work came in under budget.';
const THIRD =
  'The ferry that carried commuters in the meantime will stop in autumn, said the mayor, who had come with her children.';
const BODY = [OPENING, SECOND, THIRD].map((text) => `<p>${text}</p>`).join('');
const TEXT = [OPENING, SECOND, THIRD].join('\n\n');

function articleOf(
  html: string,
  hints: ExtractionHints = {},
  url: string | null = URL_OF_PAGE,
): ExtractedArticle {
  const extraction = extractPage(html, { url, hints, fetchedAt: FETCHED_AT });
  if (extraction.kind !== 'article') throw new Error(`${extraction.code}: ${extraction.detail}`);
  return extraction.article;
}

function page(body: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><title>Old bridge reopens | Harbour News</title>${head}</head><body>
    <nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
    ${body}
    <footer><p>Harbour News is a member of the council of local papers and keeps its rules of conduct.</p></footer></body></html>`;
}

describe('the body of a page', () => {
  it('is the article without navigation, comments, captions, shares and related stories', () => {
    const html = page(`
      <div class="cookie-consent"><p>We and our partners store information on your device in order to show you news that fits.</p></div>
      <main><article class="story"><h1>Old bridge reopens</h1>
        <div class="byline">By <a rel="author" href="/ann">Ann Lee</a></div><time datetime="2024-07-15T10:30:00+02:00">July 15</time>
        <figure><img src="/bridge.jpg"><figcaption>The bridge on Monday, seen from the tower of the old harbour church. Photo: Cy Poe</figcaption></figure>
        <ul class="share-buttons"><li>Share on the networks of your choice</li></ul>
        <p>${OPENING}</p><p>${SECOND}</p><div class="related-stories"><h3>Related</h3><ul><li><a href="/ferry">Ferry line to close in autumn, council decides</a></li></ul></div>
        <p>${THIRD}</p></article></main>
      <section id="comments"><p>What a pity that it took so long, my grandmother did not live to see the day of its opening.</p></section>`);
    expect(articleOf(html)).toMatchObject({
      title: 'Old bridge reopens',
      authors: ['Ann Lee'],
      publishedAt: '2024-07-15T08:30:00.000Z',
      publishedAtOffset: '+02:00',
      text: TEXT,
    });
  });

  it('may lie in several siblings', () => {
    const html = page(
      `<div class="wrap"><div class="part"><p>${OPENING}</p></div><div class="part"><p>${SECOND}</p></div><div class="part"><p>${THIRD}</p></div></div>`,
    );
    expect(articleOf(html).text).toBe(TEXT);
  });

  it('is taken from a box that holds most of the page, whatever its name', () => {
    expect(articleOf(page(`<div class="cookie-notice modal">${BODY}</div>`)).text).toBe(TEXT);
  });

  it('is taken from hidden elements that a script would show', () => {
    expect(
      articleOf(page(`<div hidden id="S:0"><div style="display:none">${BODY}</div></div>`)).text,
    ).toBe(TEXT);
  });

  it('is taken from what a page shows to those who run no scripts, where it shows nothing else', () => {
    const scripted = `<h1>Old bridge reopens</h1><noscript>${BODY}</noscript>`;
    expect(articleOf(page(`<script>show()</script>${scripted}`)).text).toBe(TEXT);
    expect(
      articleOf(page(`${BODY}<noscript><p>Allow scripts to see more.</p></noscript>`)).text,
    ).toBe(TEXT);
  });

  it('is kept to its end where sentences are marked as headings', () => {
    const html = page(
      `<h1>Old bridge reopens</h1><p>${OPENING}</p><h4>${SECOND}</h4><h4>Comments</h4>`,
    );
    expect(articleOf(html).text).toBe([OPENING, SECOND].join('\n\n'));
  });

  it('is kept where every paragraph sits in a widget of a page builder', () => {
    const widgets = [OPENING, SECOND, THIRD].map(
      (text) =>
        `<div class="elementor-widget elementor-widget-text-editor"><div class="elementor-widget-container"><p>${text}</p></div></div>`,
    );
    expect(articleOf(page(`<div class="elementor">${widgets.join('')}</div>`)).text).toBe(TEXT);
  });

  it('keeps paragraphs that are separated by line breaks', () => {
    expect(articleOf(page(`<div>${[OPENING, SECOND, THIRD].join('<br><br>')}</div>`)).text).toBe(
      TEXT,
    );
  });

  it('writes headings, lists, quotes, tables and code as lines and as markup', () => {
    const article = articleOf(
      page(`<article><p>${OPENING}</p><h2>What was done</h2><ol><li>Plates <b>replaced</b></li><li>Rails painted &amp; fixed</li></ol>
        <blockquote><p>${SECOND}</p></blockquote><table><tr><th>Year</th><th>Cost</th></tr><tr><td>2023</td><td>4 m</td></tr></table>
        <pre>first line\n  second line</pre><p>See <a href="/plan?a=1&amp;b=2">the <em>plan</em></a> of the city, which the council published in spring and has kept since.</p></article>`),
    );
    expect(article.text.split('\n\n')).toEqual([
      OPENING,
      'What was done',
      'Plates replaced\nRails painted & fixed',
      SECOND,
      'Year | Cost\n2023 | 4 m',
      'first line\n  second line',
      'See the plan of the city, which the council published in spring and has kept since.',
    ]);
    expect(article.html.split('\n').slice(1)).toEqual([
      '<h2>What was done</h2>',
      '<ol><li>Plates <strong>replaced</strong></li><li>Rails painted &amp; fixed</li></ol>',
      `<blockquote><p>${SECOND}</p></blockquote>`,
      '<table><tbody><tr><td>Year</td><td>Cost</td></tr><tr><td>2023</td><td>4 m</td></tr></tbody></table>',
      '<pre>first line',
      '  second line</pre>',
      '<p>See <a href="https://news.example.com/plan?a=1&amp;b=2">the </a><a href="https://news.example.com/plan?a=1&amp;b=2"><em>plan</em></a> of the city, which the council published in spring and has kept since.</p>',
    ]);
  });

  it('keeps the blank that stands alone in an inline element', () => {
    expect(articleOf(page(`<p>${OPENING}<b> </b>${SECOND}</p><p>${THIRD}</p>`)).text).toBe(
      `${OPENING} ${SECOND}\n\n${THIRD}`,
    );
  });

  it('is trimmed to the body that the page declares where that confirms it', () => {
    const jsonLd = JSON.stringify({
      '@type': 'NewsArticle',
      articleBody: [OPENING, SECOND, THIRD].join('\n'),
    });
    const html = page(
      `<article><p>Our newest bridge, too, will need repairs soon, as we found last year.</p>${BODY}</article>`,
      `<script type="application/ld+json">${jsonLd}</script>`,
    );
    expect(articleOf(html).text).toBe(TEXT);
  });

  it('is the declared body where the page shows another text', () => {
    const jsonLd = JSON.stringify({
      '@type': 'NewsArticle',
      articleBody: [OPENING, SECOND, THIRD].join('\n\n'),
    });
    const html = page(
      '<div><p>Please switch on the scripts of your browser: this page needs them in order to show anything.</p></div>',
      `<script type="application/ld+json">${jsonLd}</script>`,
    );
    expect(articleOf(html).text).toBe(TEXT);
  });

  it.each([
    ['paragraphs', (lines: string[]) => lines.map((line) => `<p>${line}</p>`).join('')],
    ['line breaks', (lines: string[]) => `<div>${lines.join('<br><br>')}</div>`],
    ['preformatted text', (lines: string[]) => `<pre>${lines.join('\n\n')}</pre>`],
    [
      'a page with h1',
      (lines: string[]) =>
        page(
          lines
            .map((line, index) => (index === 1 ? `<h1>${line}</h1>` : `<p>${line}</p>`))
            .join(''),
        ),
    ],
  ])('ends as the plain text does when an agency report comes in %s', (_name, wrap) => {
    const lines = [
      'Monday, July 15, 2024',
      'Harbour city: old bridge carries traffic again after three years',
      'Heading: Thousands walk across on the first morning',
      'Bridge Reopens to Crowds in Harbour City',
      `Portsmouth: ${OPENING}`,
      SECOND,
      THIRD,
      'Related Articles',
      'Latest Articles',
    ];
    const plain = extractPlainText(lines.join('\n\n'), { hints: {}, fetchedAt: FETCHED_AT });
    if (plain.kind !== 'article') throw new Error(plain.code);
    const { text, title, description, dateline, publishedAt } = plain.article;
    const article = articleOf(wrap(lines).replace('Old bridge reopens | Harbour News', ''));
    expect(article).toMatchObject({ text, title, description, dateline, publishedAt });
  });
});

describe('the fields of a page', () => {
  const jsonLd = {
    '@context': 'https://schema.org',
    '@graph': [
      { '@type': 'Person', '@id': '#ann', name: 'Ann Lee' },
      {
        '@type': 'NewsArticle',
        headline: 'Old bridge &amp; new ferry',
        author: [{ '@id': '#ann' }, { '@type': 'Person', name: 'Bo Dahl' }],
        datePublished: '2024-07-15T10:30:00+02:00',
        dateModified: '2024-07-16T09:00:00Z',
        image: { '@type': 'ImageObject', url: '/bridge.jpg', width: 1200, height: '800' },
        articleSection: 'Local',
        keywords: 'bridge, harbour',
        isAccessibleForFree: 'False',
      },
    ],
  };
  const head = `<meta property="og:title" content="Bridge is open"><meta property="og:site_name" content="Harbour News">
    <meta property="article:published_time" content="2024-07-14"><meta name="description" content="It took three years.">
    <link rel="canonical" href="/bridge"><script type="application/ld+json">${JSON.stringify(jsonLd)}</script>`;

  it('come from JSON-LD first, with their rivals', () => {
    const article = articleOf(page(`<h1>A ferry ends soon</h1>${BODY}`, head), {
      title: 'Hinted',
    });
    expect(article).toMatchObject({
      title: 'Old bridge & new ferry',
      description: 'It took three years.',
      authors: ['Ann Lee', 'Bo Dahl'],
      publishedAt: '2024-07-15T08:30:00.000Z',
      publishedAtPrecision: 'second',
      publishedAtOffset: '+02:00',
      modifiedAt: '2024-07-16T09:00:00.000Z',
      image: { url: 'https://news.example.com/bridge.jpg', width: 1200, height: 800 },
      section: 'Local',
      keywords: ['bridge', 'harbour'],
      paywalled: true,
      canonicalUrl: 'https://news.example.com/bridge',
      declaredLanguage: 'en',
      siteName: 'Harbour News',
    });
    expect(article.provenance['title']).toEqual({
      from: 'json-ld',
      rivals: [
        { from: 'meta', value: 'Bridge is open' },
        { from: 'hints', value: 'Hinted' },
        { from: 'visible', value: 'A ferry ends soon' },
        { from: 'visible', value: 'Old bridge reopens' },
      ],
    });
    expect(article.provenance['publishedAt']?.rivals).toContainEqual({
      from: 'url',
      value: '2024-07-15T00:00:00.000Z',
    });
  });

  const others = [
    { '@type': 'NewsArticle', url: '/ferry', headline: 'The new ferry is late' },
    { '@type': 'NewsArticle', url: '/tunnel', headline: 'A tunnel is planned instead' },
  ];
  const addressed = { '@type': 'NewsArticle', headline: 'A bridge for all' };
  it.each([
    [{ ...addressed, mainEntityOfPage: { '@id': 'https://news.example.com/bridge?utm_source=x' } }],
    [{ ...addressed, url: '/bridge' }],
    [{ ...addressed, '@id': 'http://news.example.com/bridge#article' }],
    [{ '@type': 'NewsArticle', headline: 'Old bridge reopens', alternativeHeadline: 'For all' }],
  ])('come from the article of this page among several: %o', (own) => {
    const graph = { '@graph': [...others, own] };
    const about = '<link rel="canonical" href="https://news.example.com/bridge">';
    const script = `<script type="application/ld+json">${JSON.stringify(graph)}</script>`;
    expect(articleOf(page(BODY, `${about}${script}`)).title).toBe(own.headline);
  });

  it('come from the first article where none is told to be of this page', () => {
    const script = `<script type="application/ld+json">${JSON.stringify(others)}</script>`;
    const { provenance, title } = articleOf(page(BODY, script), {}, null);
    const told = [title, ...(provenance['title']?.rivals.map(({ value }) => value) ?? [])];
    expect(told).toContain('The new ferry is late');
    expect(told).not.toContain('A tunnel is planned instead');
  });

  it('survive structured data that is not quite JSON', () => {
    const broken = `<script type="application/ld+json"><!-- {"@type":"Article","headline":"A bridge\nreopens at last",} --></script>`;
    expect(articleOf(page(BODY, broken)).title).toBe('A bridge reopens at last');
  });

  it.each([
    [
      '<title>Old bridge reopens | Harbour News</title><meta property="og:site_name" content="Harbour News">',
      'Old bridge reopens',
    ],
    [
      '<title>Harbour News - Old bridge reopens</title><meta property="og:site_name" content="Harbour News">',
      'Old bridge reopens',
    ],
    [
      '<meta property="og:title" content="Plan B | a report"><meta property="og:site_name" content="Harbour News">',
      'Plan B | a report',
    ],
  ])('hold a title without the name of the site: %s', (tags, title) => {
    expect(articleOf(`<html><head>${tags}</head><body>${BODY}</body></html>`).title).toBe(title);
  });

  it.each([
    ['<span class="entry-date">15.07.2024</span>', 'de', '2024-07-15'],
    ['<span class="date">03/04/2024</span>', 'en-US', '2024-03-04'],
    ['<span class="date">03/04/2024</span>', 'fr', '2024-04-03'],
    ['<div>Posted on July 15, 2024 in Local</div>', 'en', '2024-07-15'],
    ['<p itemprop="datePublished" content="2024-07-15">yesterday</p>', 'en', '2024-07-15'],
    ['<p class="info">26 | 01 | 2022</p>', 'de', '2022-01-26'],
    ['<p>Letzte Änderung: 31.10.2023 – Erschienen am: 01.11.2023</p>', 'de', '2023-11-01'],
    ['<p>Registered: 18.09.2008</p><p>» 21.01.2009, 05:42</p>', 'en', '2009-01-21'],
    ['<p>تم نشره الجمعة 24 نيسان / أبريل 2020 09:22 مساءً</p>', 'ar', '2020-04-24'],
    ['<footer>This page was last modified on 29 January 2020, at 13:22.</footer>', 'en', undefined],
    ['<footer class="meta">Last modified on 29 January 2020</footer>', 'en', '2020-01-29'],
    [
      '<time class="updated" datetime="2024-07-20"></time><time datetime="2024-07-15"></time>',
      'en',
      '2024-07-15',
    ],
    [
      '<meta name="date" content="2024-07-20"><span class="date">15 July 2024</span>',
      'en',
      '2024-07-15',
    ],
    [
      '<meta name="date" content="2024-07-15T09:30"><span class="date">20 July 2024</span>',
      'en',
      '2024-07-15',
    ],
    ['<time datetime="2026-11-26T12:00:00Z">too late</time>', 'en', undefined],
    ['<p>© 2024 Harbour News 15.07.2024</p>', 'en', undefined],
    ['<time datetime="1970-01-01">nothing</time>', 'en', undefined],
  ])('hold the date of %s on a page in %s', (markup, language, day) => {
    const html = `<html lang="${language}"><body><h1>Old bridge reopens</h1>${markup}${BODY}</body></html>`;
    expect(articleOf(html, {}, 'https://news.example.com/bridge').publishedAt?.slice(0, 10)).toBe(
      day,
    );
  });

  it('prefer the date beside the headline to others of its kind', () => {
    const html = page(
      `<div class="top"><span class="date">20.07.2024</span></div><main><header><span class="date">15.07.2024</span>
        <h1>Old bridge reopens</h1></header>${BODY}</main><div class="cal"><span class="date">22.07.2024</span></div>`,
    );
    expect(articleOf(html, {}, 'https://example.com/x').publishedAt).toMatch(/^2024-07-15/);
  });

  it('read 03/04/2024 as another source does that leaves no doubt', () => {
    const head = '<meta property="article:published_time" content="11/01/2023 12:43">';
    const html = page(`<h1>Old bridge reopens</h1><p>Erstellt am: 01.11.2023</p>${BODY}`, head);
    const { publishedAt } = articleOf(html, {}, 'https://example.com/2023/11/01/x');
    expect(publishedAt).toBe('2023-11-01T12:43:00.000Z');
  });

  it.each([
    [
      'the same minute on the wall clock',
      '<span class="date">July 14, 2024 | 9:25pm</span>',
      'https://example.com/x',
      '-05:00',
    ],
    [
      'the same instant with an offset',
      '<time datetime="2024-07-14T22:25:54-04:00"></time>',
      'https://example.com/x',
      '-04:00',
    ],
    ['the day of the address', '', 'https://example.com/2024/07/14/x', '-03:00'],
    [
      'the day of the address in the time zone of the country',
      '',
      'https://example.com.br/2024/07/14/x',
      '-03:00',
    ],
    ['no other day', '<span class="date">July 15, 2024</span>', 'https://example.com/x', '+00:00'],
    [
      'a day that no time zone explains',
      '<span class="date">July 12, 2024</span>',
      'https://example.com/x',
      '+00:00',
    ],
  ])('tell the local time of a UTC stamp from %s', (_case, markup, url, offset) => {
    const head = '<meta property="article:published_time" content="2024-07-15T02:25:54Z">';
    const html = page(`<h1>Old bridge reopens</h1>${markup}${BODY}`, head);
    expect(articleOf(html, {}, url)).toMatchObject({
      publishedAt: '2024-07-15T02:25:54.000Z',
      publishedAtOffset: offset,
    });
  });

  it('believe the day that page and address agree upon against a stamp of another day', () => {
    const head = '<meta property="article:published_time" content="2024-07-20T10:00:00Z">';
    const html = page(
      `<h1>Old bridge reopens</h1><span class="date">15.07.2024</span>${BODY}`,
      head,
    );
    expect(articleOf(html).publishedAt).toMatch(/^2024-07-15/);
  });

  it('take the date of the address where nothing else is dated', () => {
    expect(articleOf(`<h1>Old bridge reopens</h1>${BODY}`)).toMatchObject({
      publishedAt: '2024-07-15T00:00:00.000Z',
      publishedAtPrecision: 'day',
      provenance: { publishedAt: { from: 'url', rivals: [] } },
    });
  });

  it.each([
    ['2024/07/15/bridge', '2024-07-15'],
    ['20240715-bridge', '2024-07-15'],
    ['2024/jul/15/bridge', '2024-07-15'],
    ['15-07-2024', '2024-07-15'],
    ['15072024-bridge', '2024-07-15'],
    ['bridge-99992024', null],
    ['1507202455', null],
  ])('read the date of the address %s', (path, date) => {
    const article = articleOf(page(BODY), {}, `https://news.example.com/${path}`);
    expect(article.publishedAt?.slice(0, 10) ?? null).toBe(date);
  });

  it.each(['Admin', 'https://example.com/ann', 'ann@example.com', '12 May 2024'])(
    'take %s for no author',
    (content) => {
      const tags = `<meta name="author" content="${content}">`;
      expect(articleOf(page(BODY, tags)).authors).toEqual([]);
    },
  );

  it.each([
    ['<p class="byline"><a>Ann Lee</a><span>Harbour Reporter</span></p>', ['Ann Lee']],
    ['<p class="byline">By <a>Ann Lee</a> and <a>Bo Dahl</a></p>', ['Ann Lee', 'Bo Dahl']],
    ['<p class="byline"><span>Ann</span> <span>Lee</span></p>', ['Ann Lee']],
    ['<p class="byline">By Ann Lee, PhD, and Bo Dahl, Jr.</p>', ['Ann Lee', 'Bo Dahl Jr.']],
    ['<p class="byline">Ann Lee Senior Harbour Reporter</p>', ['Ann Lee']],
    ['<p class="byline">Ann Lee. Reviewed by Bo Dahl</p>', ['Ann Lee']],
    ['<p class="autor">Publiziert am 12. Mai 2012 von Ann Lee</p>', ['Ann Lee']],
    ['<p class="author">erstellt von <a>Ann</a> —</p>', ['Ann']],
    ['<aside class="sidebar"><a rel="author">Ann Lee</a></aside>', ['Ann Lee']],
    ['<aside class="related"><a rel="author">Ann Lee</a></aside>', []],
    [
      '<meta name="author" content="Ann Lee"><p class="byline">Ann Lee and Bo Dahl</p>',
      ['Ann Lee', 'Bo Dahl'],
    ],
    ['<meta name="author" content="annlee"><p class="byline">Ann Lee</p>', ['Ann Lee']],
    [
      '<meta name="author" content="Bridge Expert of the Year Ann Lee"><p class="byline">Ann Lee</p>',
      ['Ann Lee'],
    ],
    [
      '<meta name="citation_author" content="Lee, Ann"><meta name="citation_author" content="Dahl, Bo">',
      ['Ann Lee', 'Bo Dahl'],
    ],
    ['<meta name="author" content="Example Gazette"><p class="byline">Ann Lee</p>', ['Ann Lee']],
  ])('name the persons of %s alone', (markup, authors) => {
    const html = page(`<h1>Old bridge reopens</h1>${markup}${BODY}`);
    expect(articleOf(html, {}, 'https://www.example-gazette.co.uk/x').authors).toEqual(authors);
  });

  it('prefer a person to an author that is an organisation', () => {
    const author = { '@type': 'Organization', name: 'Press Office North' };
    const data = { '@type': 'NewsArticle', headline: 'Old bridge reopens', author };
    const script = `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
    const signed = '<p class="byline">By Ann Lee</p>';
    expect(articleOf(page(`${signed}${BODY}`, script)).authors).toEqual(['Ann Lee']);
    expect(articleOf(page(BODY, script)).authors).toEqual(['Press Office North']);
  });

  it.each([
    [
      '<meta property="og:title" content="Harbour: Old bridge reopens at last">',
      'Old bridge reopens at last',
    ],
    [
      '<meta property="og:title" content="You will not believe which bridge"><meta name="twitter:title" content="Old bridge reopens at last">',
      'Old bridge reopens at last',
    ],
    [
      '<meta property="og:title" content="You will not believe which bridge">',
      'You will not believe which bridge',
    ],
    [
      '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Old bridge reopens"}</script>',
      'Old bridge reopens at last',
    ],
  ])('are titled by the headline where %s is another wording of it', (head, title) => {
    const html = `<html><head>${head}</head><body><h1>Old bridge reopens at last</h1>${BODY}</body></html>`;
    expect(articleOf(html).title).toBe(title);
  });

  it.each(['Harbour News', 'Staff Writer'])(
    'name %s as author only where no person is named',
    (office) => {
      const tags = `<meta name="author" content="${office}"><meta property="og:site_name" content="Harbour News">`;
      expect(articleOf(page(BODY, tags)).authors).toEqual([office]);
      const signed = `<p>By <a href="/author/ann-lee/">Ann Lee</a></p>${BODY}`;
      expect(articleOf(page(signed, tags)).authors).toEqual(['Ann Lee']);
    },
  );

  it.each([
    ['Old bridge reopens - Example', 'Old bridge reopens'],
    ['Example News | Old bridge reopens', 'Old bridge reopens'],
    ['Old bridge reopens › Harbour News', 'Old bridge reopens › Harbour News'],
  ])('read the title of %j as %j on example.com', (written, title) => {
    const html = `<html><head><title>${written}</title></head><body><div>${BODY}</div></body></html>`;
    expect(articleOf(html, {}, 'https://www.example.com/x').title).toBe(title);
  });

  it('take a date from the data of a script where the page shows none', () => {
    const state = '<script>window.state={"post":{"publishedAt":"2024-07-15T10:30:00Z"}}</script>';
    expect(articleOf(page(BODY, state), {}, 'https://example.com/x').publishedAt).toBe(
      '2024-07-15T10:30:00.000Z',
    );
  });

  it('take a date from JSON-LD that is damaged', () => {
    const data =
      '<script type="application/ld+json">{"datePublished":"2024-07-15","x":"a"b"}</script>';
    expect(articleOf(page(BODY, data), {}, 'https://example.com/x').publishedAt).toBe(
      '2024-07-15T00:00:00.000Z',
    );
  });

  it('read who and when from the foot of the post', () => {
    const foot = '<footer class="entry-footer">15 July 2024, 10:30 by Ann Lee</footer>';
    expect(articleOf(page(`${BODY}${foot}`), {}, 'https://example.com/x')).toMatchObject({
      authors: ['Ann Lee'],
      publishedAt: '2024-07-15T10:30:00.000Z',
    });
  });
});

describe('the lead of a page', () => {
  const LEAD =
    'Repairs took two years and cost a third more than the council had planned for them.';
  const story = (lead: string): string =>
    articleOf(
      page(
        `<div class="head"><h1>Old bridge reopens</h1></div>${lead}<div class="article-body">${BODY}</div>`,
      ),
    ).text;

  it('opens the text where it stands above the body', () => {
    expect(story(`<div class="article-intro"><p>${LEAD}</p></div>`).startsWith(LEAD)).toBe(true);
    expect(story(`<p class="teaser">${LEAD}</p>`).startsWith(LEAD)).toBe(true);
  });

  it('is told once', () => {
    const text = story(`<p class="lead">${LEAD}</p><p class="summary">${LEAD}</p>`);
    expect(text.split(LEAD)).toHaveLength(2);
  });

  it('is no teaser of another story, and nothing that is not named as one', () => {
    expect(story(`<div class="teaser"><a href="/x">${LEAD}</a></div>`)).not.toContain(LEAD);
    expect(story(`<div class="weather">${LEAD}</div>`)).not.toContain(LEAD);
  });
});

describe('pages that are no article, or an attack', () => {
  it.each([
    ['', 'EMPTY_PAGE'],
    ['<html><body><script>document.write("x")</script></body></html>', 'EMPTY_PAGE'],
    ['<p>The bridge is closed.</p>', 'TOO_SHORT'],
    [`<noscript><p>${THIRD}</p><p>Please allow scripts.</p></noscript>`, 'EMPTY_PAGE'],
  ])('refuses %j as %s', (html, code) => {
    expect(extractPage(html, { url: null, hints: {}, fetchedAt: FETCHED_AT })).toMatchObject({
      kind: 'rejected',
      code,
    });
  });

  it.each(['div', 'b', 'a', 'table', 'svg', 'p', 'x-card', 'font'])(
    'answers quickly to 100,000 nested <%s>',
    (tag) => {
      const start = performance.now();
      const extraction = extractPage(`<${tag}>`.repeat(100_000) + OPENING, {
        url: null,
        hints: {},
        fetchedAt: FETCHED_AT,
      });
      expect(performance.now() - start).toBeLessThan(10_000);
      expect(extraction.kind === 'rejected' ? extraction.code : 'TOO_SHORT').toMatch(
        /^TOO_(?:DEEP|SHORT)$/,
      );
    },
    15_000,
  );

  it('keeps text that is nested deeper than the tree', () => {
    const html = '<div>'.repeat(1_000) + BODY + '</div>'.repeat(1_000);
    const words = articleOf(html).text.replace(/\s+/g, ' ');
    expect(words).toContain(OPENING);
    expect(words).toContain(THIRD);
  });

  it('keeps text and markup within their caps', () => {
    const paragraphs = Array.from({ length: 16_000 }, (_, n) => `<p>${n}. ${OPENING}</p>`);
    const article = articleOf(paragraphs.join(''));
    expect(new TextEncoder().encode(article.text).length).toBeLessThanOrEqual(1024 * 1024);
    expect(article.truncated).toBe(true);
  }, 20_000);

  it('writes no markup but its own, whatever the page holds', () => {
    const fragment = fc.oneof(
      fc.constantFrom(
        '<script>alert(1)</script>',
        '<img src=x onerror=alert(1)>',
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" jav&#x09;ascript:alert(1)">x</a>',
        '<a href=\'https://e.org/"onclick="x\'>x</a>',
        '<svg onload=x>',
        '<p style="x:expression(1)">',
        '</p>',
        '<b>',
        '<li>',
        '<td>',
        '<table><tr>',
        '<!--',
        '<![CDATA[',
        '<pre>',
        '&lt;script&gt;',
        '<iframe srcdoc=x>',
        '<math><mi xlink:href="data:x">',
        '<code>',
        '<blockquote>',
        `<p>${OPENING}`,
      ),
      fc.string({ unit: 'binary', maxLength: 30 }),
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 40 }), (parts) => {
        const extraction = extractPage(parts.join(''), {
          url: URL_OF_PAGE,
          hints: {},
          fetchedAt: FETCHED_AT,
        });
        if (extraction.kind === 'rejected') return;
        const left = extraction.article.html
          .replace(/<a href="https?:\/\/[^"<>]*">/g, '')
          .replace(
            /<\/?(?:p|h[2-4]|ul|ol|li|blockquote|table|tbody|tr|td|a|em|strong|code|pre)>/g,
            '',
          );
        expect(left).not.toMatch(/[<>"]/);
      }),
      { numRuns: 200 },
    );
  }, 30_000);
});
