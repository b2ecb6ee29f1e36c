import { type ArticleColumns, articleOf, STORY_ID } from '../articles/article-rows.ts';
import { CONTENT_COLUMNS } from '../articles/content-columns.ts';
import type { Query } from '../database/session.ts';
import type { SearchHit, SearchPage } from './article-search.ts';
import type { CompiledSearch, DatedSearch } from './compiled-search.ts';
import { type MatchOrder, matchesQuery, throughNewest } from './newest-matches.ts';
import { Parameters } from './search-conditions.ts';
import { highlightColumns, type HighlightColumns, highlightOf } from './search-highlight.ts';

export type FoundPage = Pick<SearchPage, 'hits' | 'next'>;

interface Place {
  readonly id: string;
  readonly score: number | null;
}

interface HitColumns extends ArticleColumns, HighlightColumns {
  readonly score: number | null;
}

const ARTICLE = ['id', 'duplicate_of', 'copy_of', 'revision', 'first_seen_at', 'updated_at']
  .concat(CONTENT_COLUMNS.map(({ name }) => name))
  .map((name) => `article.${name}`)
  .concat(`${STORY_ID} AS story_id`)
  .join(', ');

/** Times travel with their microseconds, or a page would begin with the last one's end. */
export const microseconds = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** A match in the order of a date. */
export interface FoundPlace {
  readonly id: string;
  readonly at: string;
}

/** One page in the order of a date. */
export async function readNewest(query: Query, compiled: DatedSearch): Promise<FoundPage> {
  const { search } = compiled;
  const after = search.after?.sort === 'relevance' ? null : (search.after ?? null);
  const sort = search.sort === 'seen' ? 'seen' : 'published';
  const column = sort === 'seen' ? 'first_seen_at' : 'sort_at';
  const order: MatchOrder = { column, direction: 'DESC', after, seenBy: null };
  const found: FoundPlace[] = [];
  await throughNewest(query, compiled, { order, wanted: search.limit + 1 }, async (window) => {
    const parameters = new Parameters();
    const matches = matchesQuery(compiled, { order, window }, ['search_vector'], parameters);
    const rows = await query<FoundPlace>(
      `SELECT id, ${microseconds(column)} AS at FROM (${matches}) AS matches`,
      parameters.values,
    );
    found.push(...rows);
    return rows.length;
  });
  const places = found.slice(0, search.limit);
  const last = places.at(-1);
  const shown = places.map(({ id }) => ({ id, score: null }));
  return {
    hits: await readHits(query, compiled, shown),
    next: last && found.length > places.length ? { sort, at: last.at, id: last.id } : null,
  };
}

/** The articles of the given ids, in their order. */
export async function readHits(
  query: Query,
  compiled: CompiledSearch,
  places: readonly Place[],
): Promise<readonly SearchHit[]> {
  if (places.length === 0) return [];
  const parameters = new Parameters();
  const ids = parameters.add(places.map(({ id }) => id));
  const scores = parameters.add(places.map(({ score }) => score));
  const rows = await query<HitColumns>(
    `SELECT ${ARTICLE}, page.score, ${highlightColumns(compiled, parameters)}
FROM unnest(${ids}::uuid[], ${scores}::float8[]) WITH ORDINALITY AS page(id, score, place)
JOIN article USING (id) ORDER BY page.place`,
    parameters.values,
  );
  return rows.map((row) => ({
    article: articleOf(row),
    score: row.score,
    highlight: highlightOf(row, compiled),
  }));
}
