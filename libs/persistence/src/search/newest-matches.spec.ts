import { expect, it } from 'vitest';
import type { ArticleSearch } from './article-search.ts';
import type { CompiledSearch } from './compiled-search.ts';
import { matchesQuery } from './newest-matches.ts';
import { Parameters } from './search-conditions.ts';

const MONDAY = '2026-03-02T00:00:00Z';
const TUESDAY = '2026-03-03T00:00:00Z';
const search: ArticleSearch = { sort: 'published', limit: 20, highlight: false, count: 'none' };
const compiled: CompiledSearch = { search, words: null, mixed: [] };

function daysAsked(column: 'sort_at' | 'first_seen_at', from: string | null): number {
  const given = {
    order: { column, direction: 'DESC', after: null, seenBy: null } as const,
    window: { from, before: TUESDAY, limit: 20 },
  };
  return matchesQuery(compiled, given, [], new Parameters()).split('::date').length - 1;
}

it('asks the text index for the days of a span', () => {
  expect(daysAsked('sort_at', MONDAY)).toBeGreaterThan(0);
});

it('asks for no days where the span reaches back to the first article', () => {
  expect(daysAsked('sort_at', null)).toBe(0);
});

it('asks for no days where articles are read by when they were seen', () => {
  expect(daysAsked('first_seen_at', MONDAY)).toBe(0);
});
