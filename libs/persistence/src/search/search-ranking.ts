import type { Query } from '../database/session.ts';
import type { CompiledWords, DatedSearch } from './compiled-search.ts';
import { type MatchOrder, matchesQuery, throughNewest } from './newest-matches.ts';
import { Parameters } from './search-conditions.ts';
import { type FoundPage, readHits } from './search-page.ts';

/** Of more matches only so many of the newest are ranked. */
const MAX_RANKED = 1_000;
/** An article this old counts half as much as a new one with the same words. */
const HALF_WEIGHT_AGE_DAYS = 30;

/** ts_rank_cd divides by 1 + the logarithm of the length, so that long texts do not win by length. */
const DIVIDE_BY_LOG_LENGTH = 1;

interface Scored {
  readonly id: string;
  readonly score: number;
}

/**
 * The best of the newest matches. Ranking reads every vector, and nobody looks for the best of a hundred
 * thousand.
 */
export async function rankNewest(
  query: Query,
  compiled: DatedSearch & { readonly words: CompiledWords },
  now: Date,
): Promise<FoundPage> {
  const { limit, after: position } = compiled.search;
  const after = position?.sort === 'relevance' ? position : null;
  const asOf = after?.asOf ?? now.toISOString();
  const scored = await scoreNewest(query, compiled, asOf, after !== null);
  const behind = after === null ? scored : scored.filter((one) => isRankedBelow(one, after));
  const shown = behind.slice(0, limit);
  const last = shown.at(-1);
  return {
    hits: await readHits(query, compiled, shown),
    next: last && behind.length > limit ? { sort: 'relevance', ...last, asOf } : null,
  };
}

/** The best first. */
async function scoreNewest(
  query: Query,
  compiled: DatedSearch & { readonly words: CompiledWords },
  asOf: string,
  isLaterPage: boolean,
): Promise<readonly Scored[]> {
  const seenBy = isLaterPage ? asOf : null;
  const order: MatchOrder = { column: 'sort_at', direction: 'DESC', after: null, seenBy };
  const found: Scored[] = [];
  await throughNewest(query, compiled, { order, wanted: MAX_RANKED }, async (window) => {
    const parameters = new Parameters();
    const columns = ['search_config', 'search_vector'];
    const matches = matchesQuery(compiled, { order, window }, columns, parameters);
    const branches = compiled.words.ranked.map(
      (word) => `WHEN ${parameters.add(word.config)} THEN ${parameters.add(word.query)}::tsquery`,
    );
    const rank = `ts_rank_cd(search_vector, CASE search_config ${branches.join(' ')} END, ${String(DIVIDE_BY_LOG_LENGTH)})`;
    const ageSeconds = `greatest(0, extract(epoch FROM ${parameters.add(asOf)}::timestamptz - sort_at))`;
    const rows = await query<Scored>(
      `SELECT id, coalesce(${rank}, 0) / (1 + ${ageSeconds} / 86400.0 / ${String(HALF_WEIGHT_AGE_DAYS)})::float8 AS score
FROM (${matches}) AS matches`,
      parameters.values,
    );
    found.push(...rows);
    return rows.length;
  });
  return found.toSorted((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1));
}

function isRankedBelow(one: Scored, place: Scored): boolean {
  return one.score < place.score || (one.score === place.score && one.id < place.id);
}
