import type { ArticleSearch, SearchPage } from '@broadsheet/persistence';
import type { ArticleSearcher } from '../search-articles/search-articles.handler.ts';
import { SearchQuery } from '../search-articles/search-query.ts';
import { toArticleSearch } from '../search-articles/to-article-search.ts';
import { toExportedArticle } from './exported-article.ts';
import type { ExportFormat, ExportQuery } from './export-query.ts';
import { CSV_HEADER, toCsvLine } from './write-csv.ts';

const MAX_PAGE_SIZE = 200;
/** Read before anything is known of the articles' sizes. */
const FIRST_PAGE_SIZE = 20;
const PAGE_CHARACTERS = 512 * 1024;

const FORMATS: Readonly<
  Record<ExportFormat, { header: string; line: (page: SearchPage['hits'][number]) => string }>
> = {
  ndjson: {
    header: '',
    line: ({ article }) => `${JSON.stringify(toExportedArticle(article))}\n`,
  },
  csv: { header: CSV_HEADER, line: ({ article }) => toCsvLine(toExportedArticle(article)) },
};

/** Reads a search page by page: no transaction stays open for a slow reader, and memory stays small. */
export class ExportArticlesHandler {
  constructor(private readonly searcher: ArticleSearcher) {}

  /**
   * All matches, the newest arrivals first, in chunks of whole lines. Resolves when the first page is
   * read: until then, failing is still an answer.
   * @throws {Problem} for a search that cannot be understood.
   */
  async handle({ format, ...filters }: ExportQuery): Promise<AsyncGenerator<string>> {
    const { search } = toArticleSearch({ ...SearchQuery.parse({}), ...filters, sort: 'seen' });
    const first = await this.searcher.search({ ...search, limit: FIRST_PAGE_SIZE });
    return this.chunks(search, first, FORMATS[format]);
  }

  private async *chunks(
    search: ArticleSearch,
    first: SearchPage,
    { header, line }: (typeof FORMATS)[ExportFormat],
  ): AsyncGenerator<string> {
    if (header !== '') yield header;
    let page = first;
    for (;;) {
      const { hits, next } = page;
      const chunk = hits.map(line).join('');
      const limit = decidePageSize(chunk.length / Math.max(1, hits.length));
      const following = next && this.searcher.search({ ...search, after: next, limit });
      // Read while this page is written; whether it failed is of interest once it is its turn.
      following?.catch(() => undefined);
      if (chunk !== '') yield chunk;
      if (following === null) return;
      page = await following;
    }
  }
}

/** So many articles of this size as are held at once. */
export function decidePageSize(averageCharacters: number): number {
  const fitting = Math.floor(PAGE_CHARACTERS / Math.max(1, averageCharacters));
  return Math.min(MAX_PAGE_SIZE, Math.max(1, fitting));
}
