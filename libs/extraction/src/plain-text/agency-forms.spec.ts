import { describe, expect, it } from 'vitest';
import { extractPlainText } from '../extract-plain-text.ts';

const FETCHED_AT = '2026-11-24T12:00:00Z';
const HEADLINE = 'Harbour bridge closes for nine months';
const OPENING =
  'The harbour bridge will close for nine months from Monday while engineers replace its bearings, the city said, and ferries will run every ten minutes.';
const SECOND =
  'Traders on the north bank said they had been told too late to move their stock, and asked for a delay until after the fair.';

function read(text: string) {
  const extraction = extractPlainText(text, { hints: {}, fetchedAt: FETCHED_AT });
  if (extraction.kind !== 'article') throw new Error(`${extraction.code}: ${extraction.detail}`);
  return extraction.article;
}

describe('forms of agencies', () => {
  it.each([
    ['Marlow, July 15, 2026 (AFP) -\n\n', 'Marlow'],
    ['MARLOW, July 15, 2026 (Reuters) -\n', 'MARLOW'],
    ['Marlow, 15. Juli 2026 (dpa/lno) - ', 'Marlow'],
    ['Marlow, July 15, 2026 (PTI) ', 'Marlow'],
    ['МАРЛОУ, 15 июля 2026 года. /ТАСС/. ', 'МАРЛОУ'],
  ])('reads place and day of the dateline %j', (dateline, place) => {
    const article = read(`${HEADLINE}\n\n${dateline}${OPENING}\n\n${SECOND}`);
    expect(article).toMatchObject({
      title: HEADLINE,
      dateline: place,
      description: null,
      publishedAt: '2026-07-15T00:00:00.000Z',
      publishedAtPrecision: 'day',
    });
    expect(article.text.split('\n\n')).toHaveLength(2);
  });

  it.each([
    ['MARLOW, England--(BUSINESS WIRE)--', 'MARLOW, England'],
    ['MARLOW--', 'MARLOW'],
    ['Marlow [England], (ANI): ', 'Marlow'],
  ])('reads the place before the dashes of %s', (dateline, place) => {
    expect(read(`${HEADLINE}\n\n${dateline}${OPENING}\n\n${SECOND}`).dateline).toBe(place);
  });

  it.each([
    ['Nov 24', '2026-11-24T00:00:00.000Z'],
    ['November 20', '2026-11-20T00:00:00.000Z'],
    ['July 15', null],
    ['Nov 30', null],
  ])('believes the day %s without its year where it is of the last week', (day, publishedAt) => {
    const article = read(`${HEADLINE}\n\nMARLOW, ${day} (Reuters) - ${OPENING}\n\n${SECOND}`);
    expect(article).toMatchObject({ dateline: 'MARLOW', publishedAt });
  });

  it('finds the dateline below a list of main points', () => {
    const points = '* Bridge to close Monday\n\n* Traders ask for delay';
    const text = `WRAPUP 2-${HEADLINE}\n\n${points}\n\nMARLOW (Reuters) - ${OPENING}\n\n${SECOND}`;
    const article = read(text);
    expect(article).toMatchObject({ title: HEADLINE, dateline: 'MARLOW' });
    expect(article.text).toContain('* Bridge to close Monday');
    expect(article.provenance['title']?.rivals).toEqual([
      { from: 'visible', value: `WRAPUP 2-${HEADLINE}` },
    ]);
  });

  it.each([
    '(Reporting by Ann Lee; Editing by Bo Dahl)',
    'PTI AB CD\nAB CD',
    '(END) Harbour Newswires',
    '<org idsrc="isin" value="X1">ACME</org>',
  ])('leaves out the sign-off %j', (signOff) => {
    const article = read(`${HEADLINE}\n\nMARLOW (Reuters) - ${OPENING}\n\n${SECOND}\n\n${signOff}`);
    expect(article.text).toBe(`MARLOW (Reuters) - ${OPENING}\n\n${SECOND}`);
  });

  it('takes the reporters of the credit where no byline names them', () => {
    const credit = '(Reporting by Ann Lee in Marlow; Editing by Bo Dahl)';
    expect(read(`${HEADLINE}\n\n${OPENING}\n\n${SECOND}\n\n${credit}`).authors).toEqual([
      'Ann Lee',
    ]);
    const text = `${HEADLINE}\n\nBy Cy Eck\n\n${OPENING}\n\n${SECOND}\n\n${credit}`;
    expect(read(text).authors).toEqual(['Cy Eck']);
  });

  it.each([
    ['港口大桥关闭\n\n新华社马洛11月23日电（记者王小明、李红）', ['王小明', '李红'], '马洛'],
    ['항구 다리 폐쇄\n\n(말로=연합뉴스) 김철수 기자 = ', ['김철수'], '말로'],
  ])('reads the reporters in the dateline of %j', (head, authors, place) => {
    expect(read(`${head}${OPENING}\n\n${SECOND}`)).toMatchObject({ authors, dateline: place });
  });

  it.each([
    'Eds: Updates with details',
    'EMBARGOED UNTIL 10:00 GMT, JULY 15',
    '(Adds quotes, background)',
    'DEL23',
    'AM-Harbor Bridge, 1st Ld-Writethru,0450',
    'FOR IMMEDIATE RELEASE',
  ])('takes the line %j for no headline', (line) => {
    expect(read(`${line}\n${HEADLINE}\n\n${OPENING}\n\n${SECOND}`)).toMatchObject({
      title: HEADLINE,
      description: null,
    });
  });

  it('reads the body of an e-mail that is written in quoted-printable or base64', () => {
    const header = (encoding: string) =>
      `From: Ann Lee <ann@wire.example>\nSubject: ${HEADLINE}\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: ${encoding}\n\n`;
    const quoted = 'Die Br=C3=BCcke wird geschlossen, sagte =\ndie Stadt am Montag.';
    const plain = 'Die Brücke wird geschlossen, sagte die Stadt am Montag.';
    const base64 = Buffer.from(`${plain}\n\n${SECOND}`).toString('base64');
    for (const text of [
      `${header('quoted-printable')}${quoted}\n\n${SECOND}`,
      `${header('base64')}${base64}`,
    ])
      expect(read(text)).toMatchObject({ title: HEADLINE, text: `${plain}\n\n${SECOND}` });
  });
});
