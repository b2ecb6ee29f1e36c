import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRawArticle, type RawInput, type RawReading } from './read-raw-article.ts';

function read(item: unknown, contentType?: string): RawReading {
  const headers = contentType ? [['content-type', [Buffer.from(contentType)]] as const] : [];
  const value = Buffer.from(JSON.stringify(item));
  return readRawArticle({ key: null, value, headers: new Map(headers) });
}

function inputOf(item: unknown, contentType?: string): RawInput {
  const reading = read(item, contentType);
  if (reading.kind === 'rejected') throw new Error(`${reading.code}: ${reading.detail}`);
  return reading.input;
}

const FIRST_GENERATION = {
  uri: 'https://wire.example/items/ferry-42',
  type: 'text',
  pubstatus: 'usable',
  firstcreated: '2026-03-02T08:00:00+01:00',
  versioncreated: '2026-03-02T09:30:00+01:00',
  language: 'en',
  headline: 'Ferry returns to the harbour',
  byline: 'By Ada Example',
  description_text: 'The ferry is back.',
  body_text: 'NORTHPORT – The ferry came back.\n\nThe quay was full.',
  subject: [{ code: 'trans', name: 'Transport' }, { code: 'x' }],
  associations: {
    main: {
      type: 'picture',
      renditions: { large: { href: 'https://wire.example/ferry.jpg', width: 1200 } },
    },
  },
};

const THIRD_GENERATION = {
  uri: 'urn:wire:item:42',
  standard: { name: 'ninjs', version: '3.0' },
  versionCreated: '2026-03-02T09:30:00Z',
  pubStatus: 'usable',
  headlines: [
    { role: 'short', value: 'Ferry' },
    { role: 'main', value: 'Ferry returns to the harbour' },
  ],
  descriptions: [{ value: 'The ferry is back.' }],
  bodies: [
    { contentType: 'text/plain', value: 'The ferry came back.' },
    { contentType: 'text/html', value: '<p>The ferry came back.</p>' },
  ],
  by: 'Ada Example',
  subjects: [{ name: 'Transport' }],
  associations: [{ type: 'picture', renditions: [{ href: 'https://wire.example/ferry.jpg' }] }],
};

const HINTS = {
  title: 'Ferry returns to the harbour',
  summary: 'The ferry is back.',
  authors: ['Ada Example'],
  categories: ['Transport'],
  imageUrl: 'https://wire.example/ferry.jpg',
};

describe('a ninjs item', () => {
  it('of the first generation is read as an article', () => {
    expect(inputOf(FIRST_GENERATION)).toMatchObject({
      form: 'ninjs',
      url: 'https://wire.example/items/ferry-42',
      body: FIRST_GENERATION.body_text,
      mediaType: 'text/plain',
      fetchedAt: '2026-03-02T08:30:00.000Z',
      hints: { ...HINTS, language: 'en', publishedAt: '2026-03-02T08:00:00+01:00' },
    });
  });

  it('of the third generation is read with its markup, whatever its content type', () => {
    for (const contentType of [undefined, 'application/json', 'application/vnd.ninjs+json']) {
      expect(inputOf(THIRD_GENERATION, contentType)).toMatchObject({
        form: 'ninjs',
        url: null,
        body: '<p>The ferry came back.</p>',
        mediaType: 'text/html',
        hints: HINTS,
      });
    }
  });

  it('of the later first generation is read by the names that its sender ended', () => {
    const input = inputOf({
      uri: 'https://wire.example/items/ferry-42',
      versioncreated: '2026-03-02T09:30:00Z',
      headline_main: 'Ferry returns to the harbour',
      headline_short: 'Ferry',
      description_summary: 'The ferry is back.',
      body_main: 'The ferry came back.',
      body_richtext: '<p>The ferry came back.</p>',
    });
    expect(input).toMatchObject({
      body: '<p>The ferry came back.</p>',
      mediaType: 'text/html',
      hints: {
        title: 'Ferry returns to the harbour',
        summary: 'The ferry is back.',
        publishedAt: '2026-03-02T09:30:00Z',
      },
    });
  });

  it('of the second generation is read from lists', () => {
    const input = inputOf({
      uri: 'https://wire.example/items/ferry-42',
      contentcreated: '2026-03-02T08:00:00Z',
      headlines: [{ value: 'Ferry returns to the harbour' }],
      bodies: [
        { contenttype: 'text/plain', value: 'The ferry came back.' },
        { contenttype: 'application/xhtml+xml', value: '<p>The ferry came back.</p>' },
      ],
      by: 'Ada Example',
    });
    expect(input).toMatchObject({
      body: '<p>The ferry came back.</p>',
      mediaType: 'text/html',
      hints: { publishedAt: '2026-03-02T08:00:00Z', authors: ['Ada Example'] },
    });
  });

  it('is read by the body that is its main one, wherever it stands', () => {
    const bodies = [
      { role: 'intro', contenttype: 'text/html', value: '<p>In short.</p>' },
      { role: 'main', contenttype: 'text/plain', value: 'The ferry came back.' },
    ];
    expect(inputOf({ uri: 'urn:x', bodies })).toMatchObject({ body: 'The ferry came back.' });
  });

  it('without a uri is one where its content type says so, and nothing where none does', () => {
    const { uri: _uri, ...item } = FIRST_GENERATION;
    expect(inputOf(item, 'application/vnd.ninjs+json')).toMatchObject({
      form: 'ninjs',
      url: null,
      body: FIRST_GENERATION.body_text,
    });
    expect(read(item)).toMatchObject({ kind: 'rejected', code: 'RAW_ARTICLE_INVALID' });
    expect(read({}, 'application/vnd.ninjs+json')).toMatchObject({ code: 'NOT_AN_ARTICLE' });
  });

  it.each([
    ['cancelled', { ...FIRST_GENERATION, pubstatus: 'canceled' }],
    ['withheld', { ...FIRST_GENERATION, pubstatus: 'withheld' }],
    ['a picture', { uri: 'urn:x', type: 'picture', headline: 'A ferry' }],
  ])('that is %s is no article', (_name, item) => {
    expect(read(item)).toMatchObject({ kind: 'rejected', code: 'NOT_AN_ARTICLE' });
  });

  it('leaves a RawArticle alone that has a member of its names', () => {
    const raw = { url: 'https://a.example/x', content: 'Text.', uri: 'urn:x', headline: 'No' };
    expect(inputOf(raw)).toMatchObject({ form: 'json', body: 'Text.', hints: {} });
  });

  it('never throws, whatever its members are', () => {
    const names = ['body_text', 'bodies', 'headlines', 'byline', 'subject', 'associations'];
    const members = fc.dictionary(fc.constantFrom(...names, 'pubStatus'), fc.jsonValue());
    fc.assert(
      fc.property(members, (item) => {
        expect(['article', 'rejected']).toContain(read({ ...item, uri: 'urn:x' }).kind);
      }),
    );
  });
});
