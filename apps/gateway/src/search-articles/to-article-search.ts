import { addressId } from '@broadsheet/article';
import type { ArticleSearch, SearchSort } from '@broadsheet/persistence';
import { Problem } from '../http/problem.errors.ts';
import { readCursor } from './search-cursor.ts';
import type { SearchQuery } from './search-query.ts';

export interface PreparedSearch {
  readonly search: ArticleSearch;
  /** The search without its paging, to which cursors are bound. */
  readonly identity: string;
}

const FILTERS = [
  'q',
  'title',
  'site',
  'source',
  'language',
  'author',
  'category',
  'from',
  'to',
] as const;

/**
 * @throws {Problem} URL_INVALID where `url` is no http or https address, CURSOR_INVALID where the
 * cursor does not belong to this search.
 */
export function toArticleSearch(query: SearchQuery): PreparedSearch {
  const filters = Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = query[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  ) as Pick<ArticleSearch, (typeof FILTERS)[number]>;
  const sort = query.sort ?? sortFor(filters);
  const address = query.url === undefined ? {} : { addressId: requireAddressId(query.url) };
  const duplicates = query.duplicates === 'hide' ? ({ duplicates: 'hide' } as const) : {};
  const identity = JSON.stringify([
    ...FILTERS.map((name) => filters[name] ?? null),
    address,
    duplicates,
    sort,
  ]);
  return {
    identity,
    search: {
      ...filters,
      ...address,
      ...duplicates,
      ...positionOf(query, identity),
      sort,
      limit: query.limit,
      highlight: query.highlight,
      count: query.count,
      ...(query.facets === undefined ? {} : { facets: query.facets }),
      ...(query.histogram === undefined ? {} : { histogram: query.histogram }),
    },
  };
}

function sortFor(filters: Pick<ArticleSearch, 'q' | 'title'>): SearchSort {
  return filters.q === undefined && filters.title === undefined ? 'published' : 'relevance';
}

function requireAddressId(url: string): string {
  const id = addressId(url.trim());
  if (id !== null) return id;
  throw new Problem(400, 'URL_INVALID', 'url is not an absolute http or https address', {
    errors: [{ in: 'query', name: 'url', detail: 'must be an absolute http or https address' }],
  });
}

function positionOf(query: SearchQuery, identity: string): Pick<ArticleSearch, 'after'> {
  if (query.cursor === undefined) return {};
  const after = readCursor(query.cursor, identity);
  if (after !== null) return { after };
  throw new Problem(400, 'CURSOR_INVALID', 'the cursor does not belong to this search', {
    errors: [{ in: 'query', name: 'cursor', detail: 'must be next of an answer to this search' }],
  });
}
