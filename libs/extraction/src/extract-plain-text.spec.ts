import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractPlainText } from './extract-plain-text.ts';
import type { ExtractedArticle } from './extracted-article.ts';
import type { ExtractionHints } from './extraction.ts';

const FETCHED_AT = '2026-11-24T12:00:00Z';
const OPTIONS = { hints: {}, fetchedAt: FETCHED_AT };
const OPENING =
  'The harbour city reopened its oldest bridge on Monday after three years of repairs, and thousands of people walked across it before noon.';
const SECOND =
  'Engineers replaced more than four hundred steel plates, the council said in a statement, and the work came in under budget.';
const QUOTE = '“We did not expect this many visitors,” said the mayor.';

function articleOf(text: string, hints: ExtractionHints = {}): ExtractedArticle {
  const extraction = extractPlainText(text, { hints, fetchedAt: FETCHED_AT });
  if (extraction.kind !== 'article') throw new Error(`${extraction.code}: ${extraction.detail}`);
  return extraction.article;
}

function paragraphsOf(text: string): string[] {
  return articleOf(text).text.split('\n\n');
}

describe('extractPlainText', () => {
  it('reads date line, headline, subheading, dateline and body, and cuts the tail', () => {
    const article = articleOf(
      [
        'Monday, July 15, 2024',
        'Harbour city: old bridge carries traffic again after three years',
        'Heading: Thousands walk across on the first morning',
        'Bridge Reopens to Crowds in Harbour City',
        `Portsmouth: ${OPENING}`,
        SECOND,
        QUOTE,
        'Related Articles',
        'Ferry line to close in autumn',
        'Most Popular',
      ].join('\n\n'),
    );
    expect(article).toMatchObject({
      title: 'Harbour city: old bridge carries traffic again after three years',
      description: 'Thousands walk across on the first morning',
      dateline: 'Portsmouth',
      publishedAt: '2024-07-15T00:00:00.000Z',
      publishedAtPrecision: 'day',
      publishedAtOffset: null,
      text: [`Portsmouth: ${OPENING}`, SECOND, QUOTE].join('\n\n'),
    });
    expect(article.provenance['title']).toEqual({
      from: 'visible',
      rivals: [{ from: 'visible', value: 'Bridge Reopens to Crowds in Harbour City' }],
    });
  });

  it.each([
    [`PORTSMOUTH, July 15 (Reuters) - ${OPENING}`, 'PORTSMOUTH'],
    [`PORTSMOUTH, England (AP) — ${OPENING}`, 'PORTSMOUTH, England'],
    [`New Delhi, Jul 15 (PTI) ${OPENING}`, 'New Delhi'],
    [`New Delhi [India], July 15 (ANI): ${OPENING}`, 'New Delhi'],
    [`COLUMBUS, Ohio, July 15, 2024 /PRNewswire/ -- ${OPENING}`, 'COLUMBUS, Ohio'],
    [`PORTSMOUTH, July 15. /TASS/. ${OPENING}`, 'PORTSMOUTH'],
    ['Berlin/Brüssel (dpa) - Die Hafenstadt hat am Montag ihre Brücke eröffnet.', 'Berlin/Brüssel'],
    ['PARIS, 15 juil 2024 (AFP) - La ville a rouvert lundi son plus vieux pont.', 'PARIS'],
    ['Madrid, 15 jul (EFE).- La ciudad reabrió el lunes su puente más antiguo.', 'Madrid'],
    ['(ANSA) - ROMA, 15 LUG - La città ha riaperto lunedì il ponte più antico.', 'ROMA'],
    ['МОСКВА, 15 июля. /ТАСС/. Город в понедельник открыл старейший мост.', 'МОСКВА'],
    ['القاهرة (رويترز) - أعادت المدينة الساحلية يوم الاثنين فتح أقدم جسورها.', 'القاهرة'],
    ['新华社上海7月15日电（记者张三）这座港口城市星期一重新开放了最古老的桥梁。', '上海'],
    ['【ロンドン共同】港町で最も古い橋が月曜日、3年間の修理を終えて再び開通した。', 'ロンドン'],
    ['(서울=연합뉴스) 홍길동 기자 = 항구 도시에서 가장 오래된 다리가 다시 개통했다.', '서울'],
  ])('finds the dateline of %s and leaves the paragraph as written', (first, dateline) => {
    const article = articleOf(`${first}\n\n${SECOND}`);
    expect(article.dateline).toBe(dateline);
    expect(article.text).toBe(`${first}\n\n${SECOND}`);
    expect(article.title).toBe('');
  });

  it.each(['However: ', 'Analysis: ', 'Update - ', 'Yes, '])(
    'takes %s for no place where it opens a sentence',
    (start) => {
      const extraction = articleOf(`${start.replace('However', 'Opinion')}${OPENING}\n\n${SECOND}`);
      expect(extraction.dateline).toBeNull();
    },
  );

  it.each(['ROME, July 15, 2024 (AFP) - ', 'ROME - July 15, 2024 - ', 'ROME - July 15, 2024: '])(
    'takes the date of the dateline %s, which names the year',
    (dateline) => {
      expect(articleOf(`${dateline}${OPENING}\n\n${SECOND}`)).toMatchObject({
        dateline: 'ROME',
        publishedAt: '2024-07-15T00:00:00.000Z',
        publishedAtPrecision: 'day',
      });
    },
  );

  it('takes no date from a dateline that does not name the year', () => {
    expect(articleOf(`ROME, July 15 (AFP) - ${OPENING}\n\n${SECOND}`).publishedAt).toBeNull();
  });

  it('keeps every paragraph of a text without a headline', () => {
    const article = articleOf([OPENING, SECOND, QUOTE].join('\n\n'));
    expect(article.title).toBe('');
    expect(article.text).toBe([OPENING, SECOND, QUOTE].join('\n\n'));
  });

  it.each([
    ['By Ann Lee and Bo Dahl', ['Ann Lee', 'Bo Dahl']],
    ['By ANN LEE Associated Press', ['ANN LEE']],
    ['By Ann Lee, Reuters', ['Ann Lee']],
    ['Author: Ann Lee <ann@example.org>', ['Ann Lee']],
    ['Von Max Muster', ['Max Muster']],
    ['Par Jeanne Petit et Luc Grand', ['Jeanne Petit', 'Luc Grand']],
  ])('reads the authors of %s', (byline, authors) => {
    const article = articleOf(
      `Bridge reopens after repairs\n\n${byline}\n\n${OPENING}\n\n${SECOND}`,
    );
    expect(article.authors).toEqual(authors);
    expect(article.text).toBe(`${OPENING}\n\n${SECOND}`);
  });

  it('does not take a headline that starts with By for a byline', () => {
    const article = articleOf(`By the numbers: what the bridge cost\n\n${OPENING}\n\n${SECOND}`);
    expect(article).toMatchObject({ title: 'By the numbers: what the bridge cost', authors: [] });
  });

  it.each([
    ['Date: 15 July 2024', '2024-07-15T00:00:00.000Z', 'day'],
    ['Published on July 15, 2024', '2024-07-15T00:00:00.000Z', 'day'],
    ['July 15, 2024 10:30 AM', '2024-07-15T10:30:00.000Z', 'minute'],
    ['July 15, 2024 | By Ann Lee | 3 min read', '2024-07-15T00:00:00.000Z', 'day'],
    ['London, 15 July 2024', '2024-07-15T00:00:00.000Z', 'day'],
    ['Veröffentlicht am 15. Juli 2024', '2024-07-15T00:00:00.000Z', 'day'],
    ['2024年7月15日', '2024-07-15T00:00:00.000Z', 'day'],
  ])('reads the date of the line %s', (line, publishedAt, publishedAtPrecision) => {
    const article = articleOf(`Bridge reopens after repairs\n\n${line}\n\n${OPENING}\n\n${SECOND}`);
    expect(article).toMatchObject({ publishedAt, publishedAtPrecision });
    expect(article.text).toBe(`${OPENING}\n\n${SECOND}`);
  });

  it('reads the header of an e-mail', () => {
    const text = [
      'From: Ann Lee <ann@example.org>',
      'To: all@example.org',
      'Subject: =?utf-8?B?QsO8cmdlciBmZWllcm4gQnLDvGNrZQ==?=',
      'Date: Mon, 15 Jul 2024 10:30:00 +0200',
      'X-Mailer: Post 1.0',
      '',
      OPENING,
      '',
      SECOND,
    ].join('\r\n');
    expect(articleOf(text)).toMatchObject({
      title: 'Bürger feiern Brücke',
      authors: ['Ann Lee'],
      publishedAt: '2024-07-15T08:30:00.000Z',
      publishedAtOffset: '+02:00',
      text: `${OPENING}\n\n${SECOND}`,
    });
  });

  it('joins lines that a machine wrapped, and keeps paragraphs apart', () => {
    const wrapped = [
      'BRIDGE REOPENS AFTER THREE YEARS OF REPAIRS',
      '',
      '   PORTSMOUTH (dpa) - The harbour city reopened its oldest bridge on',
      'Monday after three years of repairs, and thousands of people walked',
      'across it before noon.',
      '   Engineers replaced more than four hundred steel plates, the council',
      'said in a statement on the bridge, and it praised the work of a well-',
      'known team of welders.',
      '',
      '   "We did not expect this many visitors," said the mayor.',
    ].join('\n');
    const article = articleOf(wrapped);
    expect(article.title).toBe('BRIDGE REOPENS AFTER THREE YEARS OF REPAIRS');
    expect(article.text.split('\n\n')).toEqual([
      'PORTSMOUTH (dpa) - The harbour city reopened its oldest bridge on Monday after three years of repairs, and thousands of people walked across it before noon.',
      'Engineers replaced more than four hundred steel plates, the council said in a statement on the bridge, and it praised the work of a well-known team of welders.',
      '"We did not expect this many visitors," said the mayor.',
    ]);
  });

  it('joins wrapped lines of scripts without blanks without one', () => {
    const lines =
      '这座港口城市星期一重新开放了最古老的桥梁上午就有数千人走过大桥市政府在声明中说工程更换了四百多块钢板费用低于预算。';
    const wrapped = [lines.slice(0, 30), lines.slice(30)].join('\n');
    expect(paragraphsOf(`老桥重新开放\n\n${wrapped}\n\n${wrapped}`)).toEqual([lines, lines]);
  });

  it('takes every line for a paragraph where lines are not wrapped', () => {
    const text = ['Bridge reopens after three years', OPENING, SECOND, QUOTE].join('\r\n');
    expect(articleOf(text)).toMatchObject({
      title: 'Bridge reopens after three years',
      text: [OPENING, SECOND, QUOTE].join('\n\n'),
    });
  });

  it('keeps the items of a list as lines of one paragraph', () => {
    const article = articleOf(
      `Bridge reopens\n\n${OPENING}\n\n- one thing\n- other thing\n\n${SECOND}`,
    );
    expect(article.text).toBe(`${OPENING}\n\n- one thing\n- other thing\n\n${SECOND}`);
    expect(article.html).toContain('<ul><li>- one thing</li><li>- other thing</li></ul>');
  });

  it.each([
    'Related Articles',
    'Mehr zum Thema',
    'À lire aussi',
    'Читайте также',
    '相关阅读',
    '関連記事',
    'اقرأ أيضا',
  ])('cuts what follows %s at the end', (heading) => {
    expect(paragraphsOf(`${OPENING}\n\n${SECOND}\n\n${heading}\n\nFerry line to close`)).toEqual([
      OPENING,
      SECOND,
    ]);
  });

  it.each(['PTI', 'PTI AB CD', '--IANS', 'ab/cd'])('cuts the signature %s', (signature) => {
    expect(paragraphsOf(`${OPENING}\n\n${SECOND}\n\n${signature}`)).toEqual([OPENING, SECOND]);
  });

  it('keeps a line of capitals that no agency opens', () => {
    expect(paragraphsOf(`${OPENING}\n\n${SECOND}\n\nUNO AB CD`).at(-1)).toBe('UNO AB CD');
  });

  it('keeps a heading such as Related that stands before most of the text', () => {
    const text = `${QUOTE}\n\nComments\n\n${OPENING}\n\n${SECOND}`;
    expect(paragraphsOf(text).slice(-2)).toEqual([OPENING, SECOND]);
  });

  it('takes the date of a line behind the article where none stands before it', () => {
    const article = articleOf(
      `Bridge reopens\n\n${OPENING}\n\n${SECOND}\n\nPublished: July 15, 2024`,
    );
    expect(article).toMatchObject({
      publishedAt: '2024-07-15T00:00:00.000Z',
      text: `${OPENING}\n\n${SECOND}`,
    });
  });

  it('keeps the questions of an interview', () => {
    const lines = [
      'Q: Why did it take so long?',
      `A: ${OPENING}`,
      'Q: What is next?',
      `A: ${SECOND}`,
    ];
    expect(articleOf(`Q&A with the mayor\n\n${lines.join('\n\n')}`)).toMatchObject({
      title: 'Q&A with the mayor',
      description: null,
      text: lines.join('\n\n'),
    });
  });

  it('reads the marks by which wires tell headline and byline apart', () => {
    const text = `^Bridge reopens after repairs<\n^By ANN LEE=\n^Associated Press=\nROME (AP) _ ${OPENING}\n   ${SECOND}`;
    expect(articleOf(text)).toMatchObject({
      title: 'Bridge reopens after repairs',
      authors: ['ANN LEE'],
      dateline: 'ROME',
      text: `ROME (AP) _ ${OPENING}\n\n${SECOND}`,
    });
  });

  it('lets hints go first and keeps what the text says as rivals', () => {
    const article = articleOf(`Bridge reopens\n\nJuly 15, 2024\n\n${OPENING}\n\n${SECOND}`, {
      title: 'Old bridge is open again',
      publishedAt: '2024-07-16T08:00:00Z',
      language: 'en-GB',
      categories: ['Local'],
    });
    expect(article).toMatchObject({
      title: 'Old bridge is open again',
      publishedAt: '2024-07-16T08:00:00.000Z',
      declaredLanguage: 'en-GB',
      categories: ['Local'],
      text: `${OPENING}\n\n${SECOND}`,
    });
    expect(article.provenance['title']).toEqual({
      from: 'hints',
      rivals: [{ from: 'visible', value: 'Bridge reopens' }],
    });
  });

  it.each(['\u0000', '\u0001', '\u001b', '\u007f'])(
    'refuses the control character %j',
    (control) => {
      expect(extractPlainText(`${OPENING}${control}\n\n${SECOND}`, OPTIONS)).toMatchObject({
        kind: 'rejected',
        code: 'NOT_TEXT',
      });
    },
  );

  it('accepts tabs, a byte order mark and every kind of line end', () => {
    const text = `\ufeffBridge\treopens after repairs\r\r${OPENING}\u2029\u2029${SECOND}`;
    expect(paragraphsOf(text)).toEqual([OPENING, SECOND]);
  });

  it('refuses one short paragraph and accepts one long or two short ones', () => {
    expect(extractPlainText('Too short.', OPTIONS)).toMatchObject({
      kind: 'rejected',
      code: 'TOO_SHORT',
    });
    expect(extractPlainText('', OPTIONS)).toMatchObject({ kind: 'rejected', code: 'TOO_SHORT' });
    expect(articleOf('Bridge reopens\n\nIt opened on Monday.').text).toBe('It opened on Monday.');
    expect(articleOf(`${OPENING} ${SECOND}`).text).toBe(`${OPENING} ${SECOND}`);
  });

  it('cuts a text of more than 1 MiB at a paragraph and says so', () => {
    const article = articleOf(`${OPENING}\n\n`.repeat(20_000));
    expect(article.truncated).toBe(true);
    expect(new TextEncoder().encode(article.text).length).toBeLessThanOrEqual(1024 * 1024);
    expect(article.text.endsWith(OPENING)).toBe(true);
  });

  it.each([
    ['wrapped lines', `${'word '.repeat(14)}\n`.repeat(100_000)],
    ['closing quotes', '”'.repeat(2_000_000)],
    ['blanks', `a${' '.repeat(4_000_000)}b c`],
    ['opening brackets', '(('.repeat(1_000_000)],
  ])(
    'reads megabytes of %s in time that grows with their length',
    (_name, text) => {
      const start = performance.now();
      extractPlainText(text, OPTIONS);
      expect(performance.now() - start).toBeLessThan(15_000);
    },
    20_000,
  );

  it('never throws, never exceeds its caps and never writes markup of the text', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.constantFrom(
        'By ',
        'Heading: ',
        '<script>',
        'ROME (AP) - ',
        '\n',
        '\r\n',
        '- ',
        '15 July 2024',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (parts) => {
        const extraction = extractPlainText(parts.join('\n'), OPTIONS);
        if (extraction.kind === 'rejected') return;
        const { text, html, provenance } = extraction.article;
        expect(text.length).toBeGreaterThan(0);
        expect(html.replace(/<\/?(?:p|ul|li)>/g, '')).not.toMatch(/[<>]/);
        for (const field of Object.values(provenance))
          expect(field.rivals.length).toBeLessThanOrEqual(10);
      }),
      { numRuns: 150 },
    );
  }, 20_000);
});

const SEED = new URL('../../../../shared/seeds/000_de20cb249d2e9cc2.txt', import.meta.url);

describe.skipIf(!existsSync(SEED))('the seed text', () => {
  it('ends as its seven paragraphs with title, date, dateline and description', () => {
    const article = articleOf(readFileSync(SEED, 'utf8'));
    expect(article).toMatchObject({
      title:
        'US official: NATO summit will address resilience and cybersecurity with Indo-Pacific partners',
      publishedAt: '2024-07-15T00:00:00.000Z',
      publishedAtPrecision: 'day',
      dateline: 'Washington',
    });
    expect(article.description).toMatch(/^NATO and Indo-Pacific Partners to Discuss Resilience/);
    const paragraphs = article.text.split('\n\n');
    expect(paragraphs).toHaveLength(7);
    expect(paragraphs[0]).toMatch(/^Washington: The upcoming NATO summit/);
    expect(article.text).not.toMatch(/Heading|to Include Discussions|Related|Popular/);
  });
});
