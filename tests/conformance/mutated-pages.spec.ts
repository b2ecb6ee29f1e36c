import { normaliseArticle } from '@broadsheet/extraction';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutatedPages } from './mutated-pages.ts';

/** `npm run bench:parser` reads ten times as many and shows the slowest. */
const PAGES = 1_000;
/** They take ten seconds of a processor, which may be shared. */
const LONGEST_MS = 600_000;
const FETCHED_AT = '2027-01-01T00:00:00Z';

describe('a page that was damaged', () => {
  it(
    'is an article within its limits or refused, and never more than that',
    { timeout: LONGEST_MS },
    () => {
      fc.assert(
        fc.property(mutatedPages, (page) => {
          const input = {
            url: null,
            body: page(),
            mediaType: 'text/html',
            charset: null,
            hints: {},
          };
          const { outcome } = normaliseArticle(input, FETCHED_AT);
          if (outcome.kind === 'rejected') return;
          const { text, html, title } = outcome.article;
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
          expect(title.length).toBeLessThanOrEqual(2_000);
          expect(html).not.toMatch(/<(?:script|style|iframe|img|svg)|\son\w+=|javascript:/i);
        }),
        { numRuns: PAGES, seed: 20_261_124 },
      );
    },
  );
});
