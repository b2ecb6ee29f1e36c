import type { Pool } from 'pg';
import { inTransaction, type Query } from '../database/session.ts';
import type { ArticleSearch, SearchPage, SearchSummary } from './article-search.ts';
import { compileSearch } from './compile-search.ts';
import type { DatedSearch } from './compiled-search.ts';
import type { DateSpreads } from './date-windows.ts';
import { guidePlanner } from './guide-planner.ts';
import { type FoundPage, readNewest } from './search-page.ts';
import { rankNewest } from './search-ranking.ts';
import { summarise } from './search-summary.ts';
import { countMatches, totalOf } from './search-total.ts';

/**
 * @throws {QueryMalformed} for words that cannot be read, before anything is looked up.
 */
export function searchArticles(
  pool: Pool,
  search: ArticleSearch,
  { now, spreads }: { readonly now: Date; readonly spreads: DateSpreads },
): Promise<SearchPage> {
  return inTransaction(pool, async (query) => {
    const found = await compileSearch(query, search);
    if (found === null) return nothingFound(search);
    const compiled = { ...found, spreads };
    await guidePlanner(query, compiled);
    const total = await countMatches(query, compiled);
    const page = await readPage(query, compiled, now);
    const summary = await summarise(query, compiled);
    return { ...page, total, summary };
  });
}

function readPage(query: Query, compiled: DatedSearch, now: Date): Promise<FoundPage> {
  const { search, words } = compiled;
  // Where nothing has to be there, as in `-fire`, there is nothing to rank by.
  const isRanked = search.sort === 'relevance' && words?.isIndexable === true;
  return isRanked ? rankNewest(query, { ...compiled, words }, now) : readNewest(query, compiled);
}

function nothingFound(search: ArticleSearch): SearchPage {
  const { facets = [], histogram } = search;
  const summary: SearchSummary | null =
    facets.length === 0 && histogram === undefined
      ? null
      : {
          facets: Object.fromEntries(facets.map((facet) => [facet, []])),
          histogram: histogram === undefined ? null : [],
          isSampled: false,
        };
  return { hits: [], next: null, total: totalOf(search, 0), summary };
}
