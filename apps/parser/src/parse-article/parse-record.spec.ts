import { addressId, contentId, recordId } from '@broadsheet/article';
import { ParsedArticle, TrailEvent } from '@broadsheet/contracts';
import { consumedRecord, type RecordParts } from '@broadsheet/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParseOutcome } from './parse-outcome.ts';
import { parseRecord } from './parse-record.ts';

const NOW = new Date('2026-03-02T06:00:05.000Z');
const URL_OF_ARTICLE = 'https://www.harbour-news.example/2026/03/ferry?utm_source=feed';
const FIRST =
  'Northport: The ferry came back to the old harbour on Monday after ten years of repairs, and the whole town was on the quay to greet it.';
const SECOND =
  'The harbour master said that the ship will sail twice a day from now on, and that tickets are sold out until the end of the month.';
const TEXT = `Monday, March 2, 2026\n\nFerry returns to the harbour after ten years\n\n${FIRST}\n\n${SECOND}\n`;
const BODY = `${FIRST}\n\n${SECOND}`;

function parsed(parts: RecordParts): Extract<ParseOutcome, { kind: 'parsed' }> {
  const outcome = parseRecord(consumedRecord(parts), NOW);
  if (outcome.kind !== 'parsed') throw new Error(`${outcome.kind}: ${JSON.stringify(outcome)}`);
  return outcome;
}

const CLOUD_EVENT = {
  ce_specversion: '1.0',
  ce_id: '1',
  ce_source: '/tests',
  ce_type: 'broadsheet.article.raw.v1',
};

const WAYS: readonly (readonly [string, RecordParts])[] = [
  ['bare text with a key', { key: URL_OF_ARTICLE, value: TEXT }],
  ['bare text with a url header', { headers: { url: URL_OF_ARTICLE }, value: TEXT }],
  ['RawArticle JSON', { value: JSON.stringify({ url: URL_OF_ARTICLE, content: TEXT }) }],
  [
    'RawArticle JSON in base64',
    {
      value: JSON.stringify({
        url: URL_OF_ARTICLE,
        contentType: 'text/plain',
        contentBase64: Buffer.from(TEXT).toString('base64'),
      }),
    },
  ],
  [
    'a binary CloudEvent',
    {
      headers: { ...CLOUD_EVENT, ce_subject: URL_OF_ARTICLE, 'content-type': 'text/plain' },
      value: TEXT,
    },
  ],
  [
    'a structured CloudEvent',
    {
      headers: { 'content-type': 'application/cloudevents+json' },
      value: JSON.stringify({
        specversion: '1.0',
        id: '1',
        source: '/tests',
        type: 'broadsheet.article.raw.v1',
        subject: URL_OF_ARTICLE,
        datacontenttype: 'text/plain',
        data: TEXT,
      }),
    },
  ],
];

describe('an article pushed as', () => {
  it.each(WAYS)('%s is the same article', (_way, parts) => {
    const { article, step } = parsed(parts);
    expect(ParsedArticle.parse(article)).toEqual(article);
    expect(article).toMatchObject({
      id: addressId('https://harbour-news.example/2026/03/ferry'),
      url: URL_OF_ARTICLE,
      site: 'harbour-news.example',
      title: 'Ferry returns to the harbour after ten years',
      publishedAt: '2026-03-02T00:00:00.000Z',
      publishedAtPrecision: 'day',
      dateline: 'Northport',
      language: 'en',
      text: BODY,
    });
    expect(TrailEvent.parse(step)).toMatchObject({
      subject: article.id,
      step: 'parsed',
      articleId: null,
      record: 'articles.raw/0/0',
    });
  });

  it('bare text without any address is known by its content', () => {
    const { article, step } = parsed({ value: TEXT });
    expect(article).toMatchObject({
      id: contentId(TEXT),
      url: null,
      addresses: [],
      site: null,
      text: BODY,
    });
    expect(step.subject).toBe(contentId(TEXT));
  });

  it.each([
    [
      'UTF-16 with a mark',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(TEXT, 'utf16le')]),
    ],
    ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le')],
    ['ISO-8859-1', Buffer.from(TEXT, 'latin1')],
  ])('bare text in %s has the same id and text as in UTF-8', (_charset, value) => {
    expect(parsed({ value }).article).toMatchObject({ id: contentId(TEXT), text: BODY });
  });
});

describe('a version', () => {
  it('is the time of the fetch where the sender gives one, else the time of the append', () => {
    const fetched = parsed({
      value: JSON.stringify({ content: TEXT, fetchedAt: '2026-03-01T08:00:00+02:00' }),
    });
    expect(fetched.article.version).toEqual({
      fetchedAt: '2026-03-01T06:00:00.000Z',
      appendedAt: '2026-03-02T06:00:00.000Z',
      parserGeneration: 2,
    });
    expect(parsed({ value: TEXT }).article.version.fetchedAt).toBe('2026-03-02T06:00:00.000Z');
  });

  it('is never from the future', () => {
    const { article } = parsed({
      value: JSON.stringify({ content: TEXT, fetchedAt: '2031-01-01T00:00:00Z' }),
    });
    expect(article.version.fetchedAt).toBe('2026-03-02T06:00:00.000Z');
  });

  it('keeps the first append of a replayed record, and believes no later one', () => {
    const replayed = (at: string) =>
      parsed({ value: TEXT, headers: { broadsheet_appended_at: at } }).article.version.appendedAt;
    expect(replayed('2026-02-01T00:00:00Z')).toBe('2026-02-01T00:00:00.000Z');
    expect(replayed('2036-02-01T00:00:00Z')).toBe('2026-03-02T06:00:00.000Z');
  });
});

describe('an input that is no article', () => {
  it.each([
    ['EMPTY_VALUE', 'an empty value', { value: '' }, recordId('articles.raw', 0, 0n)],
    [
      'EMPTY_VALUE',
      'a tombstone of a known address',
      { key: URL_OF_ARTICLE, value: null },
      addressId(URL_OF_ARTICLE),
    ],
    ['TOO_SHORT', 'a word', { value: 'Hello' }, contentId('Hello')],
    [
      'EMPTY_PAGE',
      'a page without text',
      { value: '<!doctype html><html><body><p></p></body></html>', key: URL_OF_ARTICLE },
      addressId(URL_OF_ARTICLE),
    ],
    [
      'UNSUPPORTED_TYPE',
      'a picture',
      { value: 'x', headers: { 'content-type': 'image/png' } },
      recordId('articles.raw', 0, 0n),
    ],
    [
      'URL_INVALID',
      'an address that is none',
      { value: JSON.stringify({ url: 'ftp://x.example/a', content: TEXT }) },
      recordId('articles.raw', 0, 0n),
    ],
    [
      'TOO_LARGE',
      'a body over 8 MiB',
      { value: 'a '.repeat(4_300_000) },
      recordId('articles.raw', 0, 0n),
    ],
  ] as const)('is told %s on the trail: %s', (code, _what, parts, subject) => {
    const outcome = parseRecord(consumedRecord(parts), NOW);
    expect(outcome).toMatchObject({
      kind: 'rejected',
      step: { step: 'rejected', code, subject, record: 'articles.raw/0/0' },
    });
  });

  it.each([
    [
      'NOT_TEXT',
      'random bytes',
      { value: Buffer.from([0x07, 0x91, 0x00, 0xfe, 0x1b, 0x02, 0x80, 0xc3, 0x05, 0x0b]) },
    ],
    ['NOT_TEXT', 'U+0000 in a text', { value: TEXT.replace('ferry', 'fer\u0000ry') }],
    ['JSON_INVALID', 'broken JSON', { value: '{"url": "https://x.example/a", "content": ' }],
    ['RAW_ARTICLE_INVALID', 'JSON of a wrong shape', { value: '{"headline": 5}' }],
    [
      'HEADER_INVALID',
      'a header that is not UTF-8',
      { value: TEXT, headers: { url: Buffer.from([0xc3, 0x28]) } },
    ],
    [
      'HEADER_INVALID',
      'a replay without a time',
      { value: TEXT, headers: { broadsheet_appended_at: 'yesterday' } },
    ],
    [
      'CLOUD_EVENT_INVALID',
      'an envelope without id',
      { value: TEXT, headers: { ce_specversion: '1.0' } },
    ],
    [
      'TOO_DEEP',
      '100,000 nested tags',
      { value: `<html><body>${'<div>'.repeat(100_000)}${FIRST}` },
    ],
  ] as const)('fails with %s: %s', (code, _what, parts) => {
    expect(parseRecord(consumedRecord(parts), NOW)).toMatchObject({ kind: 'failed', code });
  });

  it('never throws, whatever the bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, bytes, (value, header) => {
        const headers = { 'content-type': Buffer.from(header), ce_hints: Buffer.from(header) };
        const kinds = [
          parseRecord(consumedRecord({ value: Buffer.from(value) }), NOW),
          parseRecord(consumedRecord({ value: Buffer.from(value), headers }), NOW),
        ].map(({ kind }) => kind);
        expect(['parsed', 'rejected', 'failed']).toEqual(expect.arrayContaining(kinds));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a page', () => {
  const page = (head: string) =>
    `<!doctype html><html lang="en"><head><title>Ferry returns to the harbour after ten years</title>${head}</head><body><article><h1>Ferry returns to the harbour after ten years</h1><p>${FIRST}</p><p>${SECOND}</p></article></body></html>`;
  const canonical = '<link rel="canonical" href="https://harbour-news.example/ferry">';

  it('is known by the canonical address of its own site, and keeps the pushed one as a second', () => {
    const { article, step } = parsed({ key: URL_OF_ARTICLE, value: page(canonical) });
    expect(article).toMatchObject({
      id: addressId('https://harbour-news.example/ferry'),
      canonicalUrl: 'https://harbour-news.example/ferry',
      url: URL_OF_ARTICLE,
      text: BODY,
    });
    expect(article.addresses.map(({ addressId: id }) => id)).toEqual([
      article.id,
      addressId(URL_OF_ARTICLE),
    ]);
    expect(step).toMatchObject({ subject: addressId(URL_OF_ARTICLE), articleId: article.id });
  });

  it('cannot speak for another site', () => {
    const { article } = parsed({ key: 'https://copy.example/ferry', value: page(canonical) });
    expect(article).toMatchObject({
      id: addressId('https://copy.example/ferry'),
      canonicalUrl: null,
    });
  });

  it('takes the detected language over the declared one and says so', () => {
    const { article } = parsed({
      key: URL_OF_ARTICLE,
      value: page('').replace('lang="en"', 'lang="de-AT"'),
    });
    expect(article.language).toBe('en');
    expect(article.provenance['language']).toMatchObject({
      from: 'detected',
      rivals: [{ value: 'de-AT' }],
    });
  });
});
