import { ArticleHints } from '@broadsheet/contracts';
import type { FeedItem } from '@broadsheet/feeds';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPages, toHints } from './found-pages.ts';

const SOURCE = '11111111-1111-4111-8111-111111111111';

function item(parts: Partial<FeedItem> = {}): FeedItem {
  return {
    guid: null,
    url: 'https://news.example/politics/one',
    title: null,
    summary: null,
    content: null,
    authors: [],
    categories: [],
    publishedAt: null,
    updatedAt: null,
    language: null,
    imageUrl: null,
    enclosures: [],
    source: null,
    ...parts,
  };
}

function urlsOf(...urls: readonly (string | null)[]): readonly string[] {
  return findPages(
    SOURCE,
    urls.map((url) => item({ url })),
  ).map((page) => page.url);
}

describe('findPages', () => {
  it('takes each address once, whatever its tracking parameters', () => {
    expect(
      urlsOf(
        'https://news.example/politics/one#comments',
        'https://news.example/politics/one?utm_source=rss',
        'https://news.example/politics/two',
      ),
    ).toEqual(['https://news.example/politics/one', 'https://news.example/politics/two']);
  });

  it('leaves out what is no page of an article', () => {
    expect(
      urlsOf(
        null,
        'not an address',
        '/relative/without/base',
        'mailto:desk@news.example',
        'ftp://news.example/one',
        'https://news.example/',
        `https://news.example/${'x'.repeat(2_000)}`,
      ),
    ).toEqual([]);
  });

  it('keeps the hints with their page', () => {
    const [page] = findPages(SOURCE, [item({ title: 'One', guid: 'g-1' })]);
    expect(page).toMatchObject({ sourceId: SOURCE, hints: { title: 'One', guid: 'g-1' } });
  });
});

describe('toHints', () => {
  it('tells what the feed says, in plain text', () => {
    const hints = toHints(
      item({
        title: 'One',
        summary: '<p>Short &amp; <b>clear</b></p>',
        authors: [
          { name: 'Ada Example', email: null, url: null },
          { name: null, email: 'desk@news.example', url: null },
        ],
        categories: ['Politics'],
        publishedAt: '2026-01-15T08:30:00.000Z',
        language: 'en',
        imageUrl: 'https://news.example/p.jpg',
      }),
    );
    expect(hints).toEqual({
      title: 'One',
      summary: 'Short & clear',
      authors: ['Ada Example', 'desk@news.example'],
      categories: ['Politics'],
      publishedAt: '2026-01-15T08:30:00.000Z',
      language: 'en',
      imageUrl: 'https://news.example/p.jpg',
    });
  });

  it('says nothing of what the feed does not say', () => {
    expect(toHints(item())).toEqual({});
  });

  it('keeps within the contract, and free of what Postgres cannot store, for any entry', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((value) => value.repeat(300)),
      fc.constant('\u0000\ud800'),
    );
    const entry = fc.record({
      title: text,
      summary: text,
      guid: text,
      imageUrl: text,
      language: text,
      categories: fc.array(text, { maxLength: 30 }),
    });
    fc.assert(
      fc.property(entry, (parts) => {
        const hints = toHints(item(parts));
        expect(ArticleHints.safeParse(hints).success).toBe(true);
        expect(JSON.stringify(hints)).not.toContain(String.raw`\u0000`);
        expect(JSON.stringify(hints).isWellFormed()).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
