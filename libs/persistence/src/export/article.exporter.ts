import type { Pool } from 'pg';
import type { StoredArticle } from '../articles/stored-article.ts';
import { sliceRows } from '../database/bulk-statement.ts';
import { type Query, queryOf } from '../database/session.ts';
import type { ArticleSearch } from '../search/article-search.ts';
import { findMatches } from '../search/search-articles.ts';
import type { FoundPlaces } from '../search/search-page.ts';
import { type ExportColumns, EXPORT_ROWS, exportedArticle } from './export-rows.ts';

/** Places that are looked up at once; what they hold is read in smaller parts. */
const MAX_PLACES = 500;
/** Held at once, and once more while they are written. */
const PART = { maxRows: MAX_PLACES, maxBytes: 192 * 1024 };

/** All matches of a search, the newest arrivals first. */
export type ExportSearch = Omit<
  ArticleSearch,
  'sort' | 'limit' | 'after' | 'highlight' | 'count' | 'facets' | 'histogram'
>;

/**
 * Reads all matches of a search in parts of bounded size. No transaction stays open for a slow reader:
 * each part begins behind the place where the last one ended.
 */
export class ArticleExporter {
  private readonly query: Query;

  constructor(private readonly pool: Pool) {
    this.query = queryOf(pool);
  }

  /**
   * One part at a time, none of them empty, none much larger than the largest article.
   * @throws {QueryMalformed} for words that cannot be read, before the first part
   */
  async *parts(search: ExportSearch): AsyncGenerator<readonly StoredArticle[], void, undefined> {
    let after: FoundPlaces['next'] = null;
    do {
      const { places, next } = await this.find(search, after);
      after = next;
      for (const part of sliceRows(places, ({ bytes }) => bytes, PART)) {
        const articles = await this.read(part.map(({ id }) => id));
        if (articles.length > 0) yield articles;
      }
    } while (after !== null);
  }

  private find(search: ExportSearch, after: FoundPlaces['next']): Promise<FoundPlaces> {
    return findMatches(this.pool, {
      ...search,
      ...(after === null ? {} : { after }),
      sort: 'seen',
      limit: MAX_PLACES,
      highlight: false,
      count: 'none',
    });
  }

  /** Articles deleted in between are left out. */
  private async read(ids: readonly string[]): Promise<readonly StoredArticle[]> {
    return (await this.query<ExportColumns>(EXPORT_ROWS, [ids])).map(exportedArticle);
  }
}
