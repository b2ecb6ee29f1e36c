import type { Query } from '../database/session.ts';
import {
  type FacetCount,
  type FacetName,
  MAX_FACET_VALUES,
  MAX_SAMPLED,
  MAX_SAMPLED_OF_PHRASES,
  type SearchSummary,
} from './article-search.ts';
import type { CompiledSearch, DatedSearch } from './compiled-search.ts';
import { type MatchOrder, matchesQuery, throughNewest } from './newest-matches.ts';
import { Parameters } from './search-conditions.ts';

/** For each facet what to count; an article counts once for each of its values. */
const FACET_SOURCES: Readonly<Record<FacetName, { columns: readonly string[]; from: string }>> = {
  site: { columns: ['site'], from: 'SELECT site AS value FROM sample' },
  source: {
    columns: ['source'],
    from: `SELECT coalesce(source ->> 'name', source ->> 'id') AS value FROM sample`,
  },
  language: { columns: ['language'], from: 'SELECT language AS value FROM sample' },
  author: { columns: ['authors'], from: 'SELECT unnest(authors) AS value FROM sample' },
  category: {
    columns: ['categories', 'section'],
    from: `SELECT unnest(CASE WHEN section = ANY (categories) THEN categories ELSE array_append(categories, section) END) AS value
FROM sample`,
  },
};

interface SummaryRow {
  readonly kind: FacetName | 'histogram' | 'matches';
  readonly value: string | null;
  readonly found: number;
}

/** Counts the newest matches by the facets that were asked for and by time; null where by none. */
export async function summarise(
  query: Query,
  compiled: DatedSearch,
): Promise<SearchSummary | null> {
  const { facets = [], histogram } = compiled.search;
  if (facets.length === 0 && histogram === undefined) return null;
  const order: MatchOrder = { column: 'sort_at', direction: 'DESC', after: null, seenBy: null };
  const tally = new Tally();
  const isChecked = compiled.words?.groups.some(({ query: exact, loose }) => exact !== loose);
  const sampled = isChecked === true ? MAX_SAMPLED_OF_PHRASES : MAX_SAMPLED;
  // One more than is sampled tells that there are more; it is counted too, which nobody will notice.
  await throughNewest(query, compiled, { order, wanted: sampled + 1 }, async (window) => {
    const parameters = new Parameters();
    const columns = facets.flatMap((facet) => FACET_SOURCES[facet].columns);
    const matches = matchesQuery(
      compiled,
      { order, window },
      [...columns, 'search_vector'],
      parameters,
    );
    const rows = await query<SummaryRow>(
      summarySql(matches, compiled, parameters),
      parameters.values,
    );
    return tally.add(rows);
  });
  return {
    facets: Object.fromEntries(facets.map((facet) => [facet, tally.mostFrequent(facet)])),
    histogram: histogram === undefined ? null : tally.inTime(),
    isSampled: tally.matches > sampled,
  };
}

function summarySql(matches: string, { search }: CompiledSearch, parameters: Parameters): string {
  const { facets = [], histogram } = search;
  const counted = facets.map(
    (facet) =>
      `SELECT '${facet}' AS kind, value, count(*)::integer AS found FROM (${FACET_SOURCES[facet].from}) AS one WHERE value IS NOT NULL GROUP BY value`,
  );
  if (histogram !== undefined) {
    const begin = `date_trunc(${parameters.add(histogram)}, sort_at AT TIME ZONE 'UTC')`;
    counted.push(
      `SELECT 'histogram' AS kind, to_char(begin, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS value, found
FROM (SELECT ${begin} AS begin, count(*)::integer AS found FROM sample GROUP BY 1) AS spans`,
    );
  }
  counted.push(`SELECT 'matches' AS kind, NULL AS value, count(*)::integer AS found FROM sample`);
  return `WITH sample AS MATERIALIZED (${matches})\n${counted.join('\nUNION ALL\n')}`;
}

/** Sums up what was counted span by span. */
class Tally {
  matches = 0;
  private readonly counts = new Map<string, Map<string, number>>();

  /** Returns how many matches were in the rows. */
  add(rows: readonly SummaryRow[]): number {
    let matches = 0;
    for (const { kind, value, found } of rows) {
      if (value === null) {
        matches += found;
        continue;
      }
      const counts = this.counts.get(kind) ?? new Map<string, number>();
      counts.set(value, (counts.get(value) ?? 0) + found);
      this.counts.set(kind, counts);
    }
    this.matches += matches;
    return matches;
  }

  mostFrequent(facet: FacetName): readonly FacetCount[] {
    return this.entries(facet)
      .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, MAX_FACET_VALUES);
  }

  inTime(): readonly { readonly at: string; readonly count: number }[] {
    return this.entries('histogram')
      .toSorted((a, b) => (a.value < b.value ? -1 : 1))
      .map(({ value: at, count }) => ({ at, count }));
  }

  private entries(kind: string): readonly FacetCount[] {
    return Array.from(this.counts.get(kind) ?? [], ([value, count]) => ({ value, count }));
  }
}
