import type { Pool } from 'pg';
import { inTransaction, type Query } from '../database/session.ts';
import type { ArticleSearch, SearchPage, SearchSummary } from './article-search.ts';
import { compileSearch } from './compile-search.ts';
import type { CompiledSearch } from './compiled-search.ts';
import { findNewest, type FoundPage, type FoundPlaces, readNewest } from './search-page.ts';
import { rankNewest } from './search-ranking.ts';
import { summarise } from './search-summary.ts';
import { countMatches, totalOf } from './search-total.ts';

// The planner thinks little of the text index and would rather read every vector. A bitmap that outgrows
// work_mem forgets which rows of a page it meant, and then every vector is read again; compiling a plan to
// machine code takes longer than any of these. Without index scans, matches are found by the text index alone
// and not by walking the dates and reading the vector of each article.
const GUIDE_PLANNER = `
SELECT set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', $1, true),
  set_config('jit', 'off', true), set_config('work_mem', '64MB', true),
  set_config('max_parallel_workers_per_gather', '0', true)`;

/**
 * @throws {QueryMalformed} for words that cannot be read, before anything is looked up.
 */
export function searchArticles(pool: Pool, search: ArticleSearch, now: Date): Promise<SearchPage> {
  return inTransaction(pool, async (query) => {
    const compiled = await compileSearch(query, search);
    if (compiled === null) return nothingFound(search);
    await guidePlanner(query, compiled);
    const total = await countMatches(query, compiled);
    const page = await readPage(query, compiled, now);
    const summary = await summarise(query, compiled);
    return { ...page, total, summary };
  });
}

/**
 * Where the matches of one page are, for whoever reads them in parts; only `published` and `seen` have places.
 * @throws {QueryMalformed} for words that cannot be read, before anything is looked up.
 */
export function findMatches(pool: Pool, search: ArticleSearch): Promise<FoundPlaces> {
  return inTransaction(pool, async (query) => {
    const compiled = await compileSearch(query, search);
    if (compiled === null) return { places: [], next: null };
    await guidePlanner(query, compiled);
    return findNewest(query, compiled);
  });
}

async function guidePlanner(query: Query, { words }: CompiledSearch): Promise<void> {
  await query(GUIDE_PLANNER, [words?.isIndexable === true ? 'off' : 'on']);
}

function readPage(query: Query, compiled: CompiledSearch, now: Date): Promise<FoundPage> {
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
