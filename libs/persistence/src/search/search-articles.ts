import type { Pool } from 'pg';
import { inTransaction, type Query } from '../database/session.ts';
import {
  type ArticleSearch,
  MAX_COUNTED,
  type SearchPage,
  type SearchTotal,
} from './article-search.ts';
import { compileWords } from './compile-words.ts';
import { type CompiledSearch, MAX_CANDIDATES } from './compiled-search.ts';
import { Parameters, searchConditions } from './search-conditions.ts';
import { readPage } from './search-page.ts';
import { rankNewest } from './search-ranking.ts';

// The planner thinks little of the text index and would rather read every vector: matches are found by it
// alone. Of very many the newest are found sooner by walking the dates.
const BY_TEXT_INDEX = `SELECT set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)`;
const BY_ANY_INDEX = `SELECT set_config('enable_indexscan', 'on', true)`;

const NOTHING: SearchPage = { hits: [], next: null, total: null };

export function searchArticles(pool: Pool, search: ArticleSearch, now: Date): Promise<SearchPage> {
  return inTransaction(pool, async (query) => {
    const words = await compileWords(query, search);
    if (words?.length === 0) return { ...NOTHING, total: totalOf(search, 0) };
    const compiled = { search, words };
    if (words !== null) await query(BY_TEXT_INDEX);
    const few = words === null ? null : await findFew(query, compiled);
    const total = await count(query, compiled, few);
    if (words !== null && !isCountable(total)) await query(BY_ANY_INDEX);
    const isRanked = search.sort === 'relevance' && words !== null;
    const page = isRanked
      ? await rankNewest(query, compiled, few, now)
      : await readPage(query, compiled, few);
    return { ...page, total };
  });
}

/**
 * The ids of all matches where they are few, else null. Ordering by date alone would make the planner walk
 * through all articles from the newest down in search of a rare word.
 */
async function findFew(
  query: Query,
  { search, words }: CompiledSearch,
): Promise<readonly string[] | null> {
  const parameters = new Parameters();
  const conditions = searchConditions(search, words, parameters);
  const rows = await query<{ id: string }>(
    `SELECT article.id FROM article WHERE ${conditions} LIMIT ${String(MAX_CANDIDATES + 1)}`,
    parameters.values,
  );
  return rows.length > MAX_CANDIDATES ? null : rows.map(({ id }) => id);
}

async function count(
  query: Query,
  { search, words }: CompiledSearch,
  few: readonly string[] | null,
): Promise<SearchTotal | null> {
  if (search.count === 'none') return null;
  if (few !== null) return totalOf(search, few.length);
  const parameters = new Parameters();
  const matching = `SELECT 1 FROM article WHERE ${searchConditions(search, words, parameters)}`;
  const counted =
    search.count === 'exact' ? matching : `${matching} LIMIT ${String(MAX_COUNTED + 1)}`;
  const [row] = await query<{ count: string }>(
    `SELECT count(*) FROM (${counted}) AS matching`,
    parameters.values,
  );
  return totalOf(search, Number(row?.count ?? 0));
}

/** So few that sorting all of them is cheaper than walking the dates. */
function isCountable(total: SearchTotal | null): boolean {
  return total !== null && total.relation === 'exact' && total.value <= MAX_COUNTED;
}

function totalOf({ count: mode }: ArticleSearch, found: number): SearchTotal | null {
  if (mode === 'none') return null;
  return mode === 'capped' && found > MAX_COUNTED
    ? { value: MAX_COUNTED, relation: 'atLeast' }
    : { value: found, relation: 'exact' };
}
