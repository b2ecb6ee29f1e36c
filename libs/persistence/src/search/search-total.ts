import type { Query } from '../database/session.ts';
import { type ArticleSearch, MAX_COUNTED, type SearchTotal } from './article-search.ts';
import type { CompiledSearch } from './compiled-search.ts';
import { filterConditions, groupCondition, Parameters } from './search-conditions.ts';

export async function countMatches(
  query: Query,
  compiled: CompiledSearch,
): Promise<SearchTotal | null> {
  const { search, words } = compiled;
  if (search.count === 'none') return null;
  const parameters = new Parameters();
  const filters = filterConditions(compiled, parameters).join('\n  AND ');
  const select = (where: string) => `SELECT 1 FROM article WHERE ${where}`;
  const parts = words?.groups.map((group) =>
    select(`${groupCondition(group, parameters)}\n  AND ${filters}`),
  ) ?? [select(filters)];
  const limit = search.count === 'exact' ? '' : `LIMIT ${String(MAX_COUNTED + 1)}`;
  const [row] = await query<{ count: string }>(
    `SELECT count(*) FROM (${parts.join('\nUNION ALL\n')} ${limit}) AS matching`,
    parameters.values,
  );
  return totalOf(search, Number(row?.count ?? 0));
}

export function totalOf({ count: mode }: ArticleSearch, found: number): SearchTotal | null {
  if (mode === 'none') return null;
  return mode === 'capped' && found > MAX_COUNTED
    ? { value: MAX_COUNTED, relation: 'atLeast' }
    : { value: found, relation: 'exact' };
}
