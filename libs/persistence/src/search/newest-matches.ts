import type { Query } from '../database/session.ts';
import type { CompiledSearch, DatedSearch, WordGroup } from './compiled-search.ts';
import { type DateColumn, type DateWindow, decideWindow } from './date-windows.ts';
import { filterConditions, groupCondition, Parameters } from './search-conditions.ts';

/** Which matches to read, in the order of a date. */
export interface MatchOrder {
  readonly column: DateColumn;
  readonly direction: 'DESC' | 'ASC';
  /** Only matches behind this place. */
  readonly after: { readonly at: string; readonly id: string } | null;
  /** Only articles that were there at this time. */
  readonly seenBy: string | null;
}

export interface MatchWindow extends DateWindow {
  /** Most matches to read. */
  readonly limit: number;
}

/**
 * Walks through the matches from the newest down, a span of dates at a time, until `wanted` are found or
 * none are left. Of a common word the text index would name a hundred thousand articles, and reading each of
 * them to learn its date is what takes the time. Asked for the days of a span too, it names those of the span
 * and steps over the rest.
 *
 * @param readWindow answers how many matches it found
 */
export async function throughNewest(
  query: Query,
  compiled: DatedSearch,
  given: { readonly order: MatchOrder; readonly wanted: number },
  readWindow: (window: MatchWindow) => Promise<number>,
): Promise<void> {
  const { order, wanted } = given;
  const isIndexed = compiled.words?.isIndexable === true;
  if (!isIndexed) {
    await readWindow({ from: null, before: null, limit: wanted });
    return;
  }
  const spread = await compiled.spreads.of(query, order.column);
  const newest = order.column === 'sort_at' ? compiled.search.to : undefined;
  let progress = { before: order.after?.at ?? newest ?? null, wanted, found: 0, looked: 0 };
  for (;;) {
    const { from, before, looked } = decideWindow(spread, progress);
    const found = await readWindow({ from, before, limit: wanted - progress.found });
    progress = { before: from, wanted, found: progress.found + found, looked };
    if (from === null || progress.found >= wanted) return;
  }
}

/**
 * The first matches of a window with the given columns of `article`, in order, as a query.
 *
 * @param columns names of columns; those of the order are always there
 */
export function matchesQuery(
  compiled: CompiledSearch,
  given: { readonly order: MatchOrder; readonly window: MatchWindow },
  columns: readonly string[],
  parameters: Parameters,
): string {
  const { order, window } = given;
  const filters = [
    ...filterConditions(compiled, parameters),
    ...dayConditions(order, window, parameters),
    ...dateConditions(order, window, parameters),
  ].join('\n  AND ');
  const selected = [...new Set(['id', order.column, ...columns])].map((name) => `article.${name}`);
  const inOrder = `ORDER BY ${order.column} ${order.direction}, id ${order.direction}`;
  const select = (where: string) => `SELECT ${selected.join(', ')} FROM article WHERE ${where}`;
  const groups = compiled.words?.groups ?? [];
  const parts =
    groups.length === 0
      ? [select(filters)]
      : groups.map((group) => groupQuery({ group, filters, inOrder, select }, parameters));
  return `SELECT * FROM (${parts.join('\nUNION ALL\n')}) AS matches ${inOrder} LIMIT ${parameters.add(window.limit)}`;
}

interface GroupQuery {
  readonly group: WordGroup;
  readonly filters: string;
  readonly inOrder: string;
  readonly select: (where: string) => string;
}

function groupQuery(
  { group, filters, inOrder, select }: GroupQuery,
  parameters: Parameters,
): string {
  const { loose, query } = group;
  const found = select(
    `${groupCondition({ ...group, query: loose }, parameters)}\n  AND ${filters}`,
  );
  if (loose === query) return found;
  // OFFSET 0 keeps the exact condition outside: it reads whole vectors, one by one and in order,
  // until there are enough.
  return `(SELECT * FROM (${found} ${inOrder} OFFSET 0) AS article
WHERE search_vector @@ ${parameters.add(query)}::tsquery)`;
}

/** As the text index has it; see migration 0011. */
const DAY = `(article.sort_at AT TIME ZONE 'UTC')::date`;
const dayOf = (time: string) => `(${time}::timestamptz AT TIME ZONE 'UTC')::date`;

/**
 * An open span would name the days of the whole archive to the index, which is more than any word does. So would
 * "until this day", of which the index reads all days from the first on: the days between two are named one by one.
 */
function dayConditions(
  { column, after }: MatchOrder,
  { from, before }: MatchWindow,
  parameters: Parameters,
): readonly string[] {
  if (column !== 'sort_at' || from === null) return [];
  const first = dayOf(parameters.add(from));
  const end = before ?? after?.at ?? null;
  if (end === null) return [`${DAY} >= ${first}`];
  const days = `generate_series(${first}::timestamp, ${dayOf(parameters.add(end))}::timestamp, '1 day')`;
  return [`${DAY} = ANY (ARRAY(SELECT ${days}::date))`];
}

function dateConditions(
  { column, direction, after, seenBy }: MatchOrder,
  { from, before }: MatchWindow,
  parameters: Parameters,
): readonly string[] {
  const conditions: string[] = [];
  if (from !== null) conditions.push(`article.${column} >= ${parameters.add(from)}::timestamptz`);
  if (before !== null && before !== after?.at) {
    conditions.push(`article.${column} < ${parameters.add(before)}::timestamptz`);
  }
  if (after !== null) {
    const isBehind = direction === 'ASC' ? '>' : '<';
    conditions.push(
      `(article.${column}, article.id) ${isBehind} (${parameters.add(after.at)}::timestamptz, ${parameters.add(after.id)}::uuid)`,
    );
  }
  if (seenBy !== null) {
    conditions.push(`article.first_seen_at <= ${parameters.add(seenBy)}::timestamptz`);
  }
  return conditions;
}
