import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArticleIndexed } from './article-indexed.event.ts';
import { ParsedArticle } from './parsed-article.event.ts';
import { readEvent } from './read-event.ts';
import { TrailEvent } from './trail.event.ts';

const parsed: ParsedArticle = {
  id: '3d594650-3436-5aa8-8ba3-9b4a6a0c9a55',
  addresses: [],
  url: null,
  canonicalUrl: null,
  site: null,
  source: null,
  title: 'Summit',
  description: null,
  dateline: 'Washington',
  authors: [],
  publishedAt: '2024-07-15T00:00:00Z',
  publishedAtPrecision: 'day',
  publishedAtOffset: null,
  modifiedAt: null,
  language: 'en',
  text: 'Washington: The summit will address resilience.',
  html: '<p>Washington: The summit will address resilience.</p>',
  image: null,
  section: null,
  categories: [],
  keywords: [],
  wordCount: 6,
  paywalled: false,
  truncated: false,
  contentHash: 'a'.repeat(64),
  provenance: { title: { from: 'visible', rivals: [] } },
  version: {
    fetchedAt: '2026-11-24T09:00:00.000Z',
    appendedAt: '2026-11-24T09:00:00.000Z',
    parserGeneration: 1,
  },
  causedBy: { topic: 'articles.raw', partition: 3, offset: '9223372036854775807' },
};

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('reading our own events', () => {
  it('gives back the event that was written', () => {
    expect(readEvent(ParsedArticle, bytes(parsed))).toEqual({ kind: 'event', event: parsed });
  });

  it.each([
    ['EMPTY_VALUE', null],
    ['EMPTY_VALUE', new Uint8Array()],
    ['JSON_INVALID', new TextEncoder().encode('{"id":')],
    ['JSON_INVALID', Uint8Array.of(0xff, 0x00)],
    ['TOO_DEEP', new TextEncoder().encode('['.repeat(1_000_000))],
    ['PARSED_ARTICLE_INVALID', bytes(null)],
    ['PARSED_ARTICLE_INVALID', bytes({ ...parsed, id: 'seven' })],
    ['PARSED_ARTICLE_INVALID', bytes({ ...parsed, publishedAt: 'yesterday' })],
    [
      'PARSED_ARTICLE_INVALID',
      bytes({ ...parsed, causedBy: { ...parsed.causedBy, offset: '-1' } }),
    ],
  ])('rejects with %s what is none', (code, value) => {
    expect(readEvent(ParsedArticle, value)).toMatchObject({ kind: 'rejected', code });
  });

  it('has a code of its own for each event', () => {
    expect(readEvent(TrailEvent, bytes({}))).toMatchObject({ code: 'TRAIL_EVENT_INVALID' });
    expect(readEvent(ArticleIndexed, bytes({}))).toMatchObject({ code: 'ARTICLE_INDEXED_INVALID' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.jsonValue().map(bytes)), (value) => {
        expect(readEvent(TrailEvent, value).kind).toBe('rejected');
      }),
    );
  });
});
