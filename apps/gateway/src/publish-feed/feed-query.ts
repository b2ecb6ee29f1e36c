import type { z } from 'zod';
import { SearchQuery } from '../search-articles/search-query.ts';

/** What a feed may be asked: a search without paging and without what only a list can show. */
export const FeedQuery = SearchQuery.pick({
  q: true,
  url: true,
  title: true,
  site: true,
  source: true,
  language: true,
  author: true,
  category: true,
  from: true,
  to: true,
  sort: true,
  limit: true,
});
export type FeedQuery = z.infer<typeof FeedQuery>;

/** The newest arrivals first, unless told otherwise: what comes late must not miss its readers. No copies. */
export function toSearchQuery(query: FeedQuery): SearchQuery {
  return {
    ...SearchQuery.parse({}),
    ...query,
    sort: query.sort ?? 'seen',
    duplicates: 'hide',
  };
}

/** What the feed is about, in its reader's words. */
export function titleOf({ limit: _limit, sort: _sort, q, ...filters }: FeedQuery): string {
  const named = Object.entries(filters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  const parts = [...(q === undefined || q.trim() === '' ? [] : [q.trim()]), ...named];
  return parts.length === 0 ? 'Broadsheet' : `Broadsheet: ${parts.join(', ')}`;
}
