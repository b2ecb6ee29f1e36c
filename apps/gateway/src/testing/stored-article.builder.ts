import type { StoredArticle } from '@broadsheet/persistence';

/** A complete stored article; name only what a test is about. */
export function storedArticle(parts: Partial<StoredArticle> = {}): StoredArticle {
  return {
    id: '0b7f8c1e-52b1-5c7e-9d5c-0a4f5f6b7c8d',
    url: 'https://news.example/story',
    canonicalUrl: null,
    site: 'news.example',
    source: { name: 'Example News' },
    title: 'Bridge reopens after repairs',
    description: null,
    dateline: 'Harbour Town',
    authors: ['A. Writer'],
    publishedAt: '2024-07-15T00:00:00.000Z',
    publishedAtPrecision: 'day',
    publishedAtOffset: null,
    modifiedAt: null,
    language: 'en',
    text: 'The bridge is open again.\n\nTraffic flows.',
    html: '<p>The bridge is open again.</p><p>Traffic flows.</p>',
    image: null,
    section: null,
    categories: [],
    keywords: [],
    wordCount: 7,
    paywalled: false,
    truncated: false,
    contentHash: 'a'.repeat(64),
    provenance: { title: { from: 'visible', rivals: [] } },
    duplicateOf: null,
    storyId: null,
    revision: 1,
    firstSeenAt: '2024-07-15T09:00:00.000Z',
    updatedAt: '2024-07-15T09:00:00.000Z',
    version: {
      fetchedAt: '2024-07-15T08:59:00.000Z',
      appendedAt: '2024-07-15T08:59:01.000Z',
      parserGeneration: 1,
    },
    ...parts,
  };
}
