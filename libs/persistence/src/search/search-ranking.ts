import type { Query } from '../database/session.ts';
import type { SearchPage } from './article-search.ts';
import { type CompiledSearch, MAX_CANDIDATES } from './compiled-search.ts';
import { Parameters, searchConditions } from './search-conditions.ts';
import { readRanked } from './search-page.ts';

/** An article this old counts half as much as a new one with the same words. */
const HALF_WEIGHT_AGE_DAYS = 30;

/** ts_rank_cd divides by 1 + the logarithm of the length, so that long texts do not win by length. */
const DIVIDE_BY_LOG_LENGTH = 1;

/**
 * The best of the newest matches. Ranking reads every vector, and nobody looks for the best of a hundred
 * thousand.
 */
export async function rankNewest(
  query: Query,
  compiled: CompiledSearch,
  few: readonly string[] | null,
  now: Date,
): Promise<Omit<SearchPage, 'total'>> {
  const { search, words } = compiled;
  const after = search.after?.sort === 'relevance' ? search.after : null;
  const asOf = after?.asOf ?? now.toISOString();
  const parameters = new Parameters();
  const conditions =
    few === null
      ? searchConditions(search, words, parameters)
      : `article.id = ANY (${parameters.add(few)}::uuid[])`;
  const frozen = parameters.add(asOf);
  const unseen = after === null ? '' : `AND article.first_seen_at <= ${frozen}::timestamptz`;
  const branches = (words ?? []).map(
    (word) => `WHEN ${parameters.add(word.config)} THEN ${parameters.add(word.query)}::tsquery`,
  );
  const keyset =
    after === null
      ? ''
      : `WHERE (score, id) < (${parameters.add(after.score)}::float8, ${parameters.add(after.id)}::uuid)`;
  const ranked = await query<{ id: string; score: number }>(
    `WITH newest AS MATERIALIZED (
  SELECT article.id, article.sort_at FROM article
  WHERE ${conditions} ${unseen}
  ORDER BY article.sort_at DESC, article.id DESC LIMIT ${String(MAX_CANDIDATES)}
), scored AS (
  SELECT id, ts_rank_cd(search_vector, CASE search_config ${branches.join(' ')} END, ${String(DIVIDE_BY_LOG_LENGTH)})
    / (1 + greatest(0, extract(epoch FROM ${frozen}::timestamptz - article.sort_at)) / 86400.0 / ${String(HALF_WEIGHT_AGE_DAYS)})::float8 AS score
  FROM newest JOIN article USING (id)
)
SELECT id, score FROM scored ${keyset}
ORDER BY score DESC, id DESC LIMIT ${parameters.add(search.limit + 1)}`,
    parameters.values,
  );
  return readRanked(query, compiled, ranked, asOf);
}
