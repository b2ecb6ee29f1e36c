import { PARSER_GENERATION, type ParsedArticle } from '@broadsheet/contracts';
import { createHash, randomUUID } from 'node:crypto';

/** A valid article without an address; whatever a test cares about is given. */
export function parsedArticle(given: Partial<ParsedArticle> = {}): ParsedArticle {
  const title = given.title ?? 'Ferry returns to the harbour after ten years';
  const text =
    given.text ?? 'The ferry came back on Monday.\n\nPeople had waited on the quay since dawn.';
  return {
    id: randomUUID(),
    addresses: [],
    url: null,
    canonicalUrl: null,
    site: null,
    source: null,
    title,
    description: null,
    dateline: null,
    authors: [],
    publishedAt: '2026-03-02T00:00:00.000Z',
    publishedAtPrecision: 'day',
    publishedAtOffset: null,
    modifiedAt: null,
    language: 'en',
    text,
    html: '',
    image: null,
    section: null,
    categories: [],
    keywords: [],
    wordCount: text.split(/\s+/).length,
    paywalled: false,
    truncated: false,
    contentHash: createHash('sha256').update(`${title}\n${text}`).digest('hex'),
    provenance: {},
    version: {
      fetchedAt: '2026-03-02T06:00:00.000Z',
      appendedAt: '2026-03-02T06:00:01.000Z',
      parserGeneration: PARSER_GENERATION,
    },
    causedBy: { topic: 'articles.raw', partition: 0, offset: '0' },
    ...given,
  };
}
