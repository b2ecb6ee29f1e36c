import { type ArticleColumns, articleOf } from '../articles/article-rows.ts';
import { CONTENT_COLUMNS } from '../articles/content-columns.ts';
import type { Query } from '../database/session.ts';
import type { ArticleSearch, SearchHit, SearchPage, SearchPosition } from './article-search.ts';
import { highlightColumns, highlightOf, type HighlightColumns } from './search-highlight.ts';
import type { CompiledSearch } from './compiled-search.ts';
import { Parameters, searchConditions } from './search-conditions.ts';

type Found = Omit<SearchPage, 'total'>;

interface HitColumns extends ArticleColumns, HighlightColumns {
  readonly position_at: string;
  readonly score: number | null;
}

const ARTICLE = ['id', 'duplicate_of', 'revision', 'first_seen_at', 'updated_at']
  .concat(CONTENT_COLUMNS.map(({ name }) => name))
  .map((name) => `article.${name}`)
  .join(', ');

/** Times travel with their microseconds, or a page would begin with the last one's end. */
const microseconds = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** One page in the order of a date. */
export async function readPage(
  query: Query,
  { search, words }: CompiledSearch,
  few: readonly string[] | null,
): Promise<Found> {
  const parameters = new Parameters();
  const column = search.sort === 'seen' ? 'article.first_seen_at' : 'article.sort_at';
  const conditions =
    few === null
      ? searchConditions(search, words, parameters)
      : `article.id = ANY (${parameters.add(few)}::uuid[])`;
  const { after } = search;
  const keyset =
    after && after.sort !== 'relevance'
      ? `AND (${column}, article.id) < (${parameters.add(after.at)}::timestamptz, ${parameters.add(after.id)}::uuid)`
      : '';
  const rows = await query<HitColumns>(
    `WITH page AS MATERIALIZED (
  SELECT article.id, ${microseconds(column)} AS position_at FROM article
  WHERE ${conditions} ${keyset}
  ORDER BY ${column} DESC, article.id DESC LIMIT ${parameters.add(search.limit + 1)}
)
SELECT ${ARTICLE}, page.position_at, NULL AS score, ${highlightColumns({ search, words }, parameters)}
FROM page JOIN article USING (id) ORDER BY ${column} DESC, article.id DESC`,
    parameters.values,
  );
  const sort = search.sort === 'seen' ? 'seen' : 'published';
  return pageOf(search, rows, ({ position_at: at, id }) => ({ sort, at, id }));
}

/** One page of the given ids, in their order. */
export async function readRanked(
  query: Query,
  { search, words }: CompiledSearch,
  ranked: readonly { readonly id: string; readonly score: number }[],
  asOf: string,
): Promise<Found> {
  const parameters = new Parameters();
  const ids = parameters.add(ranked.map(({ id }) => id));
  const scores = parameters.add(ranked.map(({ score }) => score));
  const rows = await query<HitColumns>(
    `SELECT ${ARTICLE}, page.score, '' AS position_at, ${highlightColumns({ search, words }, parameters)}
FROM unnest(${ids}::uuid[], ${scores}::float8[]) WITH ORDINALITY AS page(id, score, place)
JOIN article USING (id) ORDER BY page.place`,
    parameters.values,
  );
  return pageOf(search, rows, ({ score, id }) => ({
    sort: 'relevance',
    score: score ?? 0,
    id,
    asOf,
  }));
}

function pageOf(
  search: ArticleSearch,
  rows: readonly HitColumns[],
  positionOf: (row: HitColumns) => SearchPosition,
): Found {
  const shown = rows.slice(0, search.limit);
  const last = shown.at(-1);
  const hits = shown.map((row): SearchHit => ({
    article: articleOf(row),
    score: row.score,
    highlight: highlightOf(row),
  }));
  return { hits, next: last && rows.length > shown.length ? positionOf(last) : null };
}
