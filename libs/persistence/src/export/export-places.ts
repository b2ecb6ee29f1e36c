import type { Pool } from 'pg';
import { inTransaction, type Query } from '../database/session.ts';
import type { ArticleSearch } from '../search/article-search.ts';
import { compileSearch } from '../search/compile-search.ts';
import type { CompiledSearch } from '../search/compiled-search.ts';
import { type DateWindow, readDateSpread, spansOf } from '../search/date-windows.ts';
import { guidePlanner } from '../search/guide-planner.ts';
import { type MatchOrder, matchesQuery } from '../search/newest-matches.ts';
import { Parameters } from '../search/search-conditions.ts';
import { type FoundPlace, microseconds } from '../search/search-page.ts';

/** Places that are looked up at once. */
const MAX_PLACES = 2_000;
const COLUMN = 'first_seen_at';

/** All matches of a search, the oldest arrivals first. */
export type ExportSearch = Omit<
  ArticleSearch,
  'sort' | 'limit' | 'after' | 'highlight' | 'count' | 'facets' | 'histogram'
>;

export interface ExportPlace extends FoundPlace {
  /** Of its text and its HTML; known without reading them. */
  readonly bytes: number;
}

/**
 * Where all matches are, the oldest arrivals first: so they lie on disk, one behind the other, and the system reads
 * ahead. Each look is a transaction of its own.
 *
 * @throws {QueryMalformed} for words that cannot be read, before the first places
 */
export async function* findPlaces(
  pool: Pool,
  search: ExportSearch,
): AsyncGenerator<readonly ExportPlace[], void, undefined> {
  const { compiled, spans } = await inTransaction(pool, (query) => plan(query, search));
  if (compiled === null) return;
  for (const span of spans) {
    let after: MatchOrder['after'] = null;
    do {
      const order: MatchOrder = { column: COLUMN, direction: 'ASC', after, seenBy: null };
      const places = await inTransaction(pool, (query) => look(query, compiled, order, span));
      if (places.length > 0) yield places;
      after = places.length === MAX_PLACES ? (places.at(-1) ?? null) : null;
    } while (after !== null);
  }
}

async function plan(query: Query, search: ExportSearch) {
  const compiled = await compileSearch(query, {
    ...search,
    sort: 'seen',
    limit: MAX_PLACES,
    highlight: false,
    count: 'none',
  });
  // Of a common word the text index names a hundred thousand articles at every look, which is the dearer the fewer
  // matches are taken; all at once would be too many to be sorted.
  const isIndexed = compiled?.words?.isIndexable === true;
  const spans = isIndexed ? spansOf(await readDateSpread(query, COLUMN)) : [WHOLE];
  return { compiled, spans };
}

const WHOLE: DateWindow = { from: null, before: null };

async function look(
  query: Query,
  compiled: CompiledSearch,
  order: MatchOrder,
  span: DateWindow,
): Promise<readonly ExportPlace[]> {
  await guidePlanner(query, compiled);
  const parameters = new Parameters();
  const given = { order, window: { ...span, limit: MAX_PLACES } };
  const matches = matchesQuery(compiled, given, ['search_vector', 'text', 'html'], parameters);
  return query<ExportPlace>(
    `SELECT id, ${microseconds(COLUMN)} AS at, octet_length(text) + octet_length(html) AS bytes
FROM (${matches}) AS matches`,
    parameters.values,
  );
}
