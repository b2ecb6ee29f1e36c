import type { Query } from '../database/session.ts';

export type DateColumn = 'sort_at' | 'first_seen_at';

/** A span of time; null is open. `from` is inclusive, `before` exclusive. */
export interface DateWindow {
  readonly from: string | null;
  readonly before: string | null;
}

/**
 * How articles are spread over time, as the statistics of Postgres know it: between two neighbouring bounds
 * lie about `articlesBetween` articles.
 */
export interface DateSpread {
  readonly bounds: readonly string[];
  readonly articlesBetween: number;
}

/** Smaller tables are looked through whole. */
const MIN_SPREAD_ARTICLES = 20_000;
/** As many articles for each match that is wanted are looked at first. */
const FIRST_ARTICLES_PER_MATCH = 4;
/** What was too few matches so far is made up for with this much to spare. */
const SPARE = 1.3;

const SPREAD = `
SELECT array(SELECT to_char(bound AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    FROM unnest(histogram_bounds::text::timestamptz[]) WITH ORDINALITY AS bounds(bound, place) ORDER BY place DESC) AS bounds,
  (SELECT reltuples FROM pg_class WHERE oid = 'article'::regclass)::float8 AS articles
FROM pg_stats
WHERE schemaname = current_schema() AND tablename = 'article' AND attname = $1 AND histogram_bounds IS NOT NULL`;

/** Newest bound first; no bounds where the table is small or was never analysed. */
export async function readDateSpread(query: Query, column: DateColumn): Promise<DateSpread> {
  const [row] = await query<{ bounds: string[]; articles: number }>(SPREAD, [column]);
  if (row === undefined || row.articles < MIN_SPREAD_ARTICLES) {
    return { bounds: [], articlesBetween: 0 };
  }
  return { bounds: row.bounds, articlesBetween: row.articles / Math.max(1, row.bounds.length - 1) };
}

/** Statistics change when Postgres analyses; they decide how much is looked through at once, never what is found. */
const MAX_SPREAD_AGE_MS = 60_000;

/** Reads a spread once a minute: unpacking the statistics takes as long as finding a rare word. */
export class DateSpreads {
  private readonly known = new Map<DateColumn, { spread: DateSpread; readAtMs: number }>();

  constructor(private readonly clock: () => Date) {}

  async of(query: Query, column: DateColumn): Promise<DateSpread> {
    const nowMs = this.clock().getTime();
    const known = this.known.get(column);
    if (known && Math.abs(nowMs - known.readAtMs) < MAX_SPREAD_AGE_MS) return known.spread;
    const spread = await readDateSpread(query, column);
    this.known.set(column, { spread, readAtMs: nowMs });
    return spread;
  }
}

/** How far a search has come from the newest articles down. */
export interface WindowProgress {
  /** Nothing newer than this is left to look at; null before the first window. */
  readonly before: string | null;
  readonly wanted: number;
  readonly found: number;
  /** Spaces between bounds that were looked through. */
  readonly looked: number;
}

/**
 * The next span to look for matches in: so many articles that they should hold what is still wanted, at the
 * rate at which matches were found so far, else all that are left.
 */
export function decideWindow(
  { bounds, articlesBetween }: DateSpread,
  { before, wanted, found, looked }: WindowProgress,
): DateWindow & { readonly looked: number } {
  const first = before === null ? 0 : bounds.findIndex((bound) => bound < before);
  const rest = { from: null, before, looked: 0 };
  if (bounds.length === 0 || first < 0 || (looked > 0 && found === 0)) return rest;
  const spaces =
    looked === 0
      ? (wanted * FIRST_ARTICLES_PER_MATCH) / articlesBetween
      : ((wanted - found) * SPARE * looked) / found;
  const taken = Math.max(1, Math.ceil(spaces));
  const last = first + taken - (before === null ? 0 : 1);
  const from = bounds[last];
  // The oldest bound ends nothing: what is below it belongs to the same look.
  if (from === undefined || last >= bounds.length - 1) return rest;
  return { from, before, looked: looked + taken };
}

/** All of time from the oldest up, in spans of about as many articles. */
export function spansOf({ bounds }: DateSpread): readonly DateWindow[] {
  const edges = [null, ...bounds.slice(1, -1).toReversed(), null];
  return edges.slice(1).map((before, n) => ({ from: edges[n] ?? null, before }));
}
