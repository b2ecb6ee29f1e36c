import { describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES, MAX_CONTEXT_HEADER_BYTES, MAX_RECORD_BYTES } from './limits.ts';
import { readRawArticle, type RawInput, type RawReading } from './read-raw-article.ts';

const URL = 'https://news.example/world/2026/summit';
const TEXT = 'Washington: The summit will address resilience.\n\nOfficials said so on Monday.\n';
const PAGE = '<!doctype html><html><title>Summit</title><p>Officials said so.</p></html>';

const EVENT = {
  ce_specversion: '1.0',
  ce_id: 'f1b1c6f0',
  ce_source: '/newsroom',
  ce_type: 'example.article.published',
};

interface Given {
  readonly key?: string | Uint8Array;
  readonly value: string | Uint8Array | null;
  readonly headers?: Readonly<Record<string, string | Uint8Array | readonly string[]>>;
}

function bytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function read({ key, value, headers = {} }: Given): RawReading {
  return readRawArticle({
    key: key === undefined ? null : bytes(key),
    value: value === null ? null : bytes(value),
    headers: new Map(
      Object.entries(headers).map(([name, given]) => {
        const values = typeof given === 'string' || given instanceof Uint8Array ? [given] : given;
        return [name, values.map(bytes)];
      }),
    ),
  });
}

function accepted(given: Given): RawInput {
  const reading = read(given);
  if (reading.kind === 'rejected') throw new Error(`${reading.code}: ${reading.detail}`);
  return reading.input;
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

function utf16le(text: string, mark = false): Uint8Array {
  const units = Uint16Array.from((mark ? `\ufeff${text}` : text).split(''), (unit) =>
    unit.charCodeAt(0),
  );
  return new Uint8Array(units.buffer);
}

function swapped(utf16: Uint8Array): Uint8Array {
  return utf16.map((_, index) => utf16[index ^ 1]!);
}

const STRUCTURED = { 'content-type': 'application/cloudevents+json; charset=utf-8' };

function structured(event: Readonly<Record<string, unknown>>): Given {
  return {
    headers: STRUCTURED,
    value: json({ specversion: '1.0', id: '7', source: '/cms', type: 'cms.saved', ...event }),
  };
}

describe('what is read from a pushed record', () => {
  const page = { mediaType: 'text/html', url: URL } as const;
  const text = { mediaType: 'text/plain' } as const;

  it.each<[string, Given, Partial<RawInput>]>([
    ['bare text from kcat, no key', { value: TEXT }, { form: 'text', url: null, ...text }],
    ['bare text with the address as key', { key: URL, value: TEXT }, { form: 'text', url: URL }],
    [
      'bare text whose key is no address',
      { key: 'desk-4', value: TEXT },
      { form: 'text', url: null },
    ],
    ['a key of random bytes', { key: Uint8Array.of(0xff, 0, 0x80), value: TEXT }, { url: null }],
    [
      'an address before the key, in a header',
      { key: 'http://b.example/', value: TEXT, headers: { url: URL } },
      { url: URL },
    ],
    [
      'the last of several headers',
      { value: TEXT, headers: { url: ['http://b.example/', URL] } },
      { url: URL },
    ],
    ['an address with a line end from a shell', { key: `${URL}\r\n`, value: TEXT }, { url: URL }],
    [
      'declared text with its charset',
      { value: TEXT, headers: { 'content-type': 'text/plain; charset="windows-1251"' } },
      { form: 'text', charset: 'windows-1251' },
    ],
    [
      'text that begins with a word in angle brackets',
      { value: `<Update 3> ${TEXT}` },
      { form: 'text' },
    ],
    ['text that begins with a bracket', { value: `[Update] ${TEXT}` }, { form: 'text' }],
    [
      'untyped bytes',
      { value: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1), headers: {} },
      { form: 'text' },
    ],
    [
      'a type that says nothing',
      { value: PAGE, headers: { 'content-type': 'application/octet-stream' } },
      { form: 'page' },
    ],
    [
      'what a server calls no type at all',
      { value: PAGE, headers: { 'content-type': 'html; charset=koi8-r' } },
      { form: 'page', charset: 'koi8-r' },
    ],
    [
      'two types that a proxy joined',
      { value: PAGE, headers: { 'content-type': 'text/html, text/html' } },
      { form: 'page' },
    ],
    [
      'RawArticle with a type of its own invention',
      { value: json({ content: PAGE, contentType: 'html' }) },
      { form: 'json', mediaType: 'text/html' },
    ],
    ['a bare page', { key: URL, value: PAGE }, { form: 'page', charset: null, ...page }],
    [
      'a page after a UTF-8 mark and blank lines',
      { key: URL, value: `\ufeff\n  ${PAGE}` },
      { form: 'page', ...page },
    ],
    [
      'a page in UTF-16 with a mark',
      { key: URL, value: utf16le(PAGE, true) },
      { form: 'page', charset: null, ...page },
    ],
    [
      'a page in UTF-16LE without a mark',
      { key: URL, value: utf16le(PAGE) },
      { form: 'page', charset: 'utf-16le' },
    ],
    [
      'a page in UTF-16BE without a mark',
      { key: URL, value: swapped(utf16le(PAGE)) },
      { form: 'page', charset: 'utf-16be' },
    ],
    [
      'a page that begins with a comment',
      { key: URL, value: `<!-- cached -->${PAGE}` },
      { form: 'page' },
    ],
    [
      'a fragment of a page',
      { key: URL, value: '<article\nclass="a"><p>Hello</p>' },
      { form: 'page' },
    ],
    [
      'declared XHTML',
      { value: PAGE, headers: { 'content-type': 'application/xhtml+xml' } },
      { form: 'page', mediaType: 'application/xhtml+xml' },
    ],
    [
      'Content-Type in another case, with a broken parameter',
      { value: PAGE, headers: { 'Content-Type': 'Text/HTML; ; charset=Shift_JIS' } },
      { form: 'page', mediaType: 'text/html', charset: 'Shift_JIS' },
    ],
    [
      'RawArticle without any header',
      { value: json({ url: URL, content: TEXT }) },
      { form: 'json', url: URL, body: TEXT, ...text },
    ],
    [
      'RawArticle with a mark and a blank before it',
      { value: `\ufeff ${json({ content: PAGE })}` },
      { form: 'json', url: null, mediaType: 'text/html' },
    ],
    [
      'RawArticle in UTF-16 from PowerShell',
      { value: utf16le(json({ content: TEXT }), true) },
      { form: 'json', body: TEXT },
    ],
    [
      'RawArticle whose content is HTML by its own word',
      { value: json({ contentType: 'text/html', content: TEXT }) },
      { mediaType: 'text/html' },
    ],
    [
      'RawArticle with nulls for what is missing',
      {
        value: json({
          url: null,
          content: TEXT,
          contentBase64: null,
          source: null,
          hints: { title: null, language: 'en' },
        }),
      },
      { url: null, source: null, hints: { language: 'en' } },
    ],
    [
      'RawArticle with members from another system',
      { value: json({ content: TEXT, tenant: 7 }) },
      { form: 'json', body: TEXT },
    ],
    [
      'RawArticle that takes its address from the key',
      { key: URL, value: json({ content: TEXT }) },
      { url: URL },
    ],
    [
      'RawArticle in base64 with line breaks',
      {
        value: json({
          contentType: 'text/html; charset=gb18030',
          contentBase64: 'PHA+\r\nPC9w\r\nPg==',
        }),
      },
      { body: bytes('<p></p>'), charset: 'gb18030' },
    ],
    [
      'a fetch time in another zone',
      { value: json({ content: TEXT, fetchedAt: '2026-11-24T10:01:15.123456789+01:00' }) },
      { fetchedAt: '2026-11-24T09:01:15.123Z' },
    ],
    [
      'an event around a page',
      {
        headers: {
          ...EVENT,
          ce_subject: URL,
          ce_time: '2026-11-24T09:00:00Z',
          'content-type': 'text/html; charset=iso-8859-1',
        },
        value: PAGE,
      },
      {
        form: 'cloudevents-binary',
        eventId: 'f1b1c6f0',
        fetchedAt: '2026-11-24T09:00:00.000Z',
        charset: 'iso-8859-1',
        ...page,
      },
    ],
    [
      'an event around text without a type',
      { headers: EVENT, value: TEXT },
      { form: 'cloudevents-binary', url: null, ...text },
    ],
    [
      'an event around a RawArticle, whose address is nearer',
      {
        headers: { ...EVENT, ce_subject: 'cms-44', 'content-type': 'application/json' },
        value: json({ url: URL, content: TEXT }),
      },
      { form: 'cloudevents-binary', url: URL, body: TEXT },
    ],
    [
      'a structured event with a RawArticle',
      structured({ datacontenttype: 'application/json', data: { url: URL, content: PAGE } }),
      { form: 'cloudevents-structured', eventId: '7', body: PAGE, ...page },
    ],
    [
      'a structured event with a page as string',
      structured({ subject: URL, datacontenttype: 'text/html', data: PAGE }),
      { form: 'cloudevents-structured', body: PAGE, ...page },
    ],
    [
      'a structured event with text that is declared as JSON',
      structured({ datacontenttype: 'application/json', data: TEXT }),
      { body: TEXT, ...text },
    ],
    [
      'a structured event with bytes',
      structured({
        subject: URL,
        datacontenttype: 'text/html;charset=shift_jis',
        data_base64: 'gqA=',
      }),
      { body: Uint8Array.of(0x82, 0xa0), charset: 'shift_jis', ...page },
    ],
    [
      'a structured event with a RawArticle in base64',
      structured({
        datacontenttype: 'application/json',
        data_base64: btoa(json({ url: URL, content: 'x' })),
      }),
      { url: URL, body: 'x' },
    ],
    [
      'a structured event in another case',
      {
        ...structured({ data: { content: 'x' } }),
        headers: { 'content-type': 'Application/CloudEvents+JSON' },
      },
      { form: 'cloudevents-structured', body: 'x' },
    ],
    [
      'a valid trace',
      { value: TEXT, headers: { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` } },
      { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
    ],
    [
      'a broken trace, which is ignored',
      { value: TEXT, headers: { traceparent: Uint8Array.of(0xff) } },
      { traceparent: null },
    ],
    [
      'headers of others, whatever they hold',
      { value: TEXT, headers: { ce_foo: Uint8Array.of(0xff), __TypeId__: Uint8Array.of(0xfe) } },
      { form: 'text' },
    ],
  ])('reads %s', (_, given, expected) => {
    expect(accepted(given)).toMatchObject(expected);
  });

  it('takes bytes as they were sent', () => {
    const value = Uint8Array.of(0xd1, 0xf2, 0xe0, 0xf2, 0xfc, 0xff);
    expect(accepted({ value }).body).toEqual(value);
  });

  it('takes hints, origin and source from the event, and lets the RawArticle overrule them', () => {
    const input = accepted({
      headers: {
        ...EVENT,
        ce_hints: json({ title: 'From the feed', language: 'en', summary: null }),
        ce_origin: json({ source: { id: 's1', name: 'Example' }, http: { status: 200 } }),
      },
      value: json({ content: TEXT, hints: { title: 'From the desk' } }),
    });
    expect(input.hints).toEqual({ title: 'From the desk', language: 'en' });
    expect(input.source).toEqual({ id: 's1', name: 'Example' });
    expect(input.origin).toMatchObject({ http: { status: 200 } });
  });

  it('takes hints of a structured event as object or as JSON in a string', () => {
    const hints = { title: 'Summit' };
    for (const given of [hints, json(hints)]) {
      expect(accepted(structured({ hints: given, data: { content: TEXT } })).hints).toEqual(hints);
    }
  });
});

describe('what is refused of a pushed record', () => {
  const nested = (opening: string, times: number): string => opening.repeat(times);
  const sized = (length: number): Uint8Array => new Uint8Array(length).fill(0x61);
  const withType = (type: string): Given => ({ value: TEXT, headers: { 'content-type': type } });
  const event = (headers: Given['headers']): Given => ({
    value: TEXT,
    headers: { ...EVENT, ...headers },
  });

  it.each<[string, string, Given]>([
    ['EMPTY_VALUE', 'a tombstone', { key: URL, value: null }],
    ['EMPTY_VALUE', 'a value without bytes', { key: URL, value: '' }],
    ['EMPTY_VALUE', 'a RawArticle without content in it', { value: json({ content: '' }) }],
    ['EMPTY_VALUE', 'an event without data', structured({ data: null })],
    ['TOO_LARGE', 'a body of 8 MiB and a byte', { value: sized(MAX_BODY_BYTES + 1) }],
    ['TOO_LARGE', 'a record beyond the limit of the topic', { value: sized(MAX_RECORD_BYTES + 1) }],
    [
      'TOO_LARGE',
      'content of 8 MiB and a byte in JSON',
      { value: json({ content: 'a'.repeat(MAX_BODY_BYTES + 1) }) },
    ],
    [
      'TOO_LARGE',
      'content whose UTF-8 is over 8 MiB',
      { value: json({ content: 'я'.repeat(MAX_BODY_BYTES / 2 + 1) }) },
    ],
    ['TOO_DEEP', 'a million open brackets', { value: nested('[', 1_000_000) }],
    ['TOO_DEEP', 'a RawArticle with a million open objects', { value: nested('{"a":', 1_000_000) }],
    [
      'TOO_DEEP',
      'depth behind a string with escaped quotes',
      { value: `{"a\\\\":"\\"","b":${nested('[', 100)}` },
    ],
    [
      'TOO_DEEP',
      'a hostile structured event',
      { value: nested('{"data":', 100_000), headers: STRUCTURED },
    ],
    ['JSON_INVALID', 'JSON cut in the middle', { value: '{"url":"https://news.example/' }],
    [
      'JSON_INVALID',
      'JSON that is not UTF-8',
      { value: Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d) },
    ],
    ['JSON_INVALID', 'text declared as JSON', withType('application/json')],
    ['RAW_ARTICLE_INVALID', 'JSON of another shape', { value: json({ headline: 'x' }) }],
    [
      'RAW_ARTICLE_INVALID',
      'both kinds of content',
      { value: json({ content: 'x', contentBase64: 'eA==' }) },
    ],
    ['RAW_ARTICLE_INVALID', 'content that is a number', { value: json({ content: 5 }) }],
    [
      'RAW_ARTICLE_INVALID',
      'content that is not base64',
      { value: json({ contentBase64: 'a*b' }) },
    ],
    [
      'RAW_ARTICLE_INVALID',
      'content that is JSON again',
      { value: json({ content: json({ content: 'x' }) }) },
    ],
    ['RAW_ARTICLE_INVALID', 'several articles in an array', { value: json([{ content: 'x' }]) }],
    [
      'RAW_ARTICLE_INVALID',
      'a number',
      { value: '5', headers: { 'content-type': 'application/json' } },
    ],
    [
      'RAW_ARTICLE_INVALID',
      'a fetch time that no calendar has',
      { value: json({ content: 'x', fetchedAt: '2026-02-30T00:00:00Z' }) },
    ],
    [
      'RAW_ARTICLE_INVALID',
      'hints of a wrong shape',
      { value: json({ content: 'x', hints: { authors: 'me' } }) },
    ],
    ['UNSUPPORTED_TYPE', 'an image', withType('image/png')],
    ['UNSUPPORTED_TYPE', 'a PDF', withType('application/pdf; version=1.7')],
    ['UNSUPPORTED_TYPE', 'a batch of events', withType('application/cloudevents-batch+json')],
    ['UNSUPPORTED_TYPE', 'a structured event in Avro', withType('application/cloudevents+avro')],
    [
      'UNSUPPORTED_TYPE',
      'a PDF in a RawArticle',
      { value: json({ content: 'x', contentType: 'application/pdf' }) },
    ],
    [
      'URL_INVALID',
      'an address without a scheme',
      { value: TEXT, headers: { url: 'news.example/a' } },
    ],
    [
      'URL_INVALID',
      'an address that is no web page',
      { value: json({ url: 'file:///etc/passwd', content: 'x' }) },
    ],
    ['URL_INVALID', 'an address without a host', { key: 'https://', value: TEXT }],
    ['URL_INVALID', 'an address with U+0000', { key: `${URL}\u0000`, value: TEXT }],
    [
      'URL_INVALID',
      'an address with half a surrogate pair',
      { value: `{"content":"x","url":"${URL}\\ud800"}` },
    ],
    [
      'URL_INVALID',
      'an address of more than 2,000 bytes',
      { key: `${URL}/${'я'.repeat(1_000)}`, value: TEXT },
    ],
    ['URL_INVALID', 'an event about something else', event({ ce_subject: 'article-44' })],
    ['CLOUD_EVENT_INVALID', 'an event without an id', event({ ce_id: '' })],
    ['CLOUD_EVENT_INVALID', 'a lone attribute', { value: TEXT, headers: { ce_subject: URL } }],
    ['CLOUD_EVENT_INVALID', 'an event of another version', event({ ce_specversion: '0.3' })],
    ['CLOUD_EVENT_INVALID', 'an event at no time', event({ ce_time: 'yesterday' })],
    [
      'CLOUD_EVENT_INVALID',
      'both kinds of data',
      structured({ data: { content: 'x' }, data_base64: 'eA==' }),
    ],
    [
      'CLOUD_EVENT_INVALID',
      'JSON under a type that is not JSON',
      structured({ datacontenttype: 'text/html', data: {} }),
    ],
    ['CLOUD_EVENT_INVALID', 'data that is not base64', structured({ data_base64: '*' })],
    ['CLOUD_EVENT_INVALID', 'data in base64 that is no string', structured({ data_base64: 5 })],
    [
      'CLOUD_EVENT_INVALID',
      'a structured event that is an array',
      { value: '[]', headers: STRUCTURED },
    ],
    [
      'CLOUD_EVENT_INVALID',
      'hints of a wrong shape in a structured event',
      structured({ hints: 5, data: { content: 'x' } }),
    ],
    [
      'HEADER_INVALID',
      'a header that is not UTF-8',
      { value: TEXT, headers: { url: Uint8Array.of(0x68, 0xff) } },
    ],
    [
      'HEADER_INVALID',
      'a type that is not UTF-8',
      { value: TEXT, headers: { 'content-type': Uint8Array.of(0xff) } },
    ],
    ['HEADER_INVALID', 'an id that is not UTF-8', event({ ce_id: Uint8Array.of(0xc3, 0x28) })],
    ['HEADER_INVALID', 'hints that are no JSON', event({ ce_hints: 'title=x' })],
    ['HEADER_INVALID', 'hints that are no object', event({ ce_hints: '["x"]' })],
    ['HEADER_INVALID', 'hints nested without end', event({ ce_hints: nested('[', 10_000) })],
    ['HEADER_INVALID', 'hints of a wrong shape', event({ ce_hints: json({ title: 7 }) })],
    [
      'HEADER_INVALID',
      'an origin larger than a header may be',
      event({ ce_origin: json({ a: 'x'.repeat(MAX_CONTEXT_HEADER_BYTES) }) }),
    ],
    ['HEADER_INVALID', 'a source of a wrong shape', event({ ce_origin: json({ source: 'x' }) })],
  ])('refuses with %s: %s', (code, _, given) => {
    expect(read(given)).toMatchObject({ kind: 'rejected', code });
  });

  it('accepts what just fits', () => {
    expect(read({ value: sized(MAX_BODY_BYTES) }).kind).toBe('article');
    const exact = `${URL}/${'a'.repeat(2_000 - URL.length - 1)}`;
    expect(accepted({ key: exact, value: TEXT }).url).toBe(exact);
  });

  it('accepts a body of 8 MiB in base64', () => {
    const contentBase64 = btoa('a'.repeat(MAX_BODY_BYTES));
    expect(accepted({ value: json({ contentBase64 }) }).body.length).toBe(MAX_BODY_BYTES);
  });

  it.each<[string, Given]>([
    ['the key', { key: URL, value: null }],
    ['the url header', { value: '{', headers: { url: URL } }],
    [
      'the subject of the event',
      { value: TEXT, headers: { ...EVENT, ce_id: '', ce_subject: URL } },
    ],
    ['the RawArticle itself', { value: json({ url: URL, content: 'x', hints: 5 }) }],
    [
      'the structured event',
      structured({ subject: URL, datacontenttype: 'image/png', data_base64: 'eA==' }),
    ],
    [
      'the key, where the nearer address is refused',
      { key: URL, value: TEXT, headers: { url: 'nowhere' } },
    ],
  ])('names the article by %s when it refuses', (_, given) => {
    expect(read(given)).toMatchObject({ kind: 'rejected', url: URL });
  });

  it('tells members, never their content', () => {
    const reading = read({ value: json({ content: 'x', hints: { title: 'secret'.repeat(500) } }) });
    expect(reading).toMatchObject({ detail: expect.stringContaining('hints.title') });
    expect(JSON.stringify(reading)).not.toContain('secret');
  });

  it('answers hostile megabytes within a moment', () => {
    const before = process.cpuUsage();
    read({ value: `{"a":"${'\\"'.repeat(5_000_000)}` });
    read({ value: `{"a":"${'\\'.repeat(10_000_000)}` });
    read({ value: ' '.repeat(8_000_000) });
    read({ value: TEXT, headers: { 'content-type': `text/html;${';charset'.repeat(1_000_000)}` } });
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(3_000);
  });
});
