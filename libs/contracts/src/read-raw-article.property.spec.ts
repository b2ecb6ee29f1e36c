import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EVENT_TYPE, toCloudEventHeaders } from './cloud-event.ts';
import { REJECTION_CODES } from './error-codes.ts';
import { MAX_CONTEXT_HEADER_BYTES } from './limits.ts';
import { readRawArticle } from './read-raw-article.ts';
import type { RecordHeaders } from './record-headers.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const headerNames = fc.constantFrom(
  'content-type',
  'Content-Type',
  'url',
  'traceparent',
  'ce_specversion',
  'ce_id',
  'ce_source',
  'ce_type',
  'ce_subject',
  'ce_time',
  'ce_hints',
  'ce_origin',
  'other',
);
const likelyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.webUrl(),
  fc.constantFrom(
    '1.0',
    'text/html',
    'application/json',
    'application/cloudevents+json',
    '2026-11-24T09:00:00Z',
    '{"content":"x"}',
    '{"__proto__":{"url":1},"content":"x"}',
    '<html>',
    'null',
    '{}',
    '[]',
  ),
);
const content = fc.oneof(fc.uint8Array({ maxLength: 64 }), likelyText.map(encode));
const headers: fc.Arbitrary<RecordHeaders> = fc
  .array(fc.tuple(headerNames, fc.array(content, { maxLength: 3 })), { maxLength: 8 })
  .map((entries) => new Map(entries));
const record = fc.record({
  key: fc.option(content),
  value: fc.option(content),
  headers,
});

it('answers every record with an article or a known code, and never throws', () => {
  fc.assert(
    fc.property(record, (given) => {
      const reading = readRawArticle(given);
      if (reading.kind === 'rejected') expect(Object.keys(REJECTION_CODES)).toContain(reading.code);
      else expect(reading.input.body.length).toBeGreaterThan(0);
    }),
    { numRuns: 1_000 },
  );
});

it('is a function of the record alone', () => {
  fc.assert(
    fc.property(record, (given) => {
      expect(readRawArticle(given)).toEqual(readRawArticle(given));
    }),
  );
});

const hints = fc.record(
  {
    title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
    authors: fc.array(fc.string({ maxLength: 50 }), { maxLength: 5 }),
    language: fc.constantFrom('en', 'de', 'zh-Hant'),
    summary: fc.string({ unit: 'grapheme', maxLength: 2_000 }),
  },
  { requiredKeys: [] },
);
const instant = fc
  .date({ min: new Date('1990-01-01Z'), max: new Date('2100-01-01Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

it('reads back what the binding writes', () => {
  const sent = fc.record({
    id: fc.uuid(),
    subject: fc.webUrl(),
    time: instant,
    hints,
    origin: fc.record({ status: fc.nat(), etag: fc.string({ maxLength: 80 }) }),
    body: fc.uint8Array({ minLength: 1 }),
  });
  fc.assert(
    fc.property(sent, ({ body, ...context }) => {
      const written = toCloudEventHeaders({
        ...context,
        source: '/broadsheet/fetcher',
        type: EVENT_TYPE.raw,
        contentType: 'text/html; charset=utf-8',
      });
      const reading = readRawArticle({
        key: null,
        value: body,
        headers: new Map(Object.entries(written).map(([name, text]) => [name, [encode(text)]])),
      });
      expect(reading).toMatchObject({
        kind: 'article',
        input: {
          form: 'cloudevents-binary',
          eventId: context.id,
          url: context.subject,
          fetchedAt: context.time,
          hints: context.hints,
          origin: context.origin,
          body,
          charset: 'utf-8',
        },
      });
    }),
  );
});

it('writes context headers that fit, whatever the hints hold', () => {
  const large = fc.record({
    title: fc.string({ unit: 'binary', maxLength: 2_000 }),
    summary: fc.string({ unit: 'binary', maxLength: 20_000, size: 'max' }),
    categories: fc.array(fc.string({ unit: 'binary', maxLength: 500 }), { maxLength: 100 }),
  });
  fc.assert(
    fc.property(large, (given) => {
      const written = toCloudEventHeaders({
        id: '1',
        source: '/broadsheet/fetcher',
        type: EVENT_TYPE.raw,
        contentType: 'text/html',
        hints: given,
      });
      expect(encode(written['ce_hints'] ?? '').byteLength).toBeLessThanOrEqual(
        MAX_CONTEXT_HEADER_BYTES,
      );
    }),
    { numRuns: 50 },
  );
});
