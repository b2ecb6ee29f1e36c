import type { ArticleSearch, SearchHit, SearchPage, SearchSummary } from '@broadsheet/persistence';
import { type ArticleView, selectFields, toArticleView } from './article-view.ts';
import { toMarkedHtml } from './highlight.ts';
import { writeCursor } from './search-cursor.ts';
import type { SearchQuery } from './search-query.ts';
import { toArticleSearch } from './to-article-search.ts';

/** What searching needs of the store. */
export interface ArticleSearcher {
  search(search: ArticleSearch): Promise<SearchPage>;
}

type SearchItem = Partial<ArticleView> & {
  readonly highlight?: { readonly title: string; readonly text: string };
};

export interface SearchAnswer {
  readonly items: readonly SearchItem[];
  readonly next: string | null;
  readonly count?: { readonly value: number; readonly relation: 'exact' | 'atLeast' };
  readonly facets?: SearchSummary['facets'];
  readonly histogram?: NonNullable<SearchSummary['histogram']>;
  readonly sampled?: boolean;
}

export class SearchArticlesHandler {
  constructor(private readonly searcher: ArticleSearcher) {}

  /** @throws {Problem} for a cursor or address that is none. */
  async handle(query: SearchQuery): Promise<SearchAnswer> {
    const { search, identity } = toArticleSearch(query);
    const page = await this.searcher.search(search);
    return {
      items: page.hits.map((hit) => toItem(hit, query)),
      next: page.next === null ? null : writeCursor(page.next, identity),
      ...(page.total === null ? {} : { count: page.total }),
      ...(page.summary === null ? {} : summaryParts(page.summary, query)),
    };
  }
}

function summaryParts(
  { facets, histogram, isSampled }: SearchSummary,
  query: SearchQuery,
): Pick<SearchAnswer, 'facets' | 'histogram' | 'sampled'> {
  return {
    ...(query.facets === undefined ? {} : { facets }),
    ...(histogram === null ? {} : { histogram }),
    sampled: isSampled,
  };
}

function toItem(hit: SearchHit, query: SearchQuery): SearchItem {
  const fields = selectFields(toArticleView(hit.article), query.fields ?? null);
  if (!query.highlight || hit.highlight === null) return fields;
  return { ...fields, highlight: toMarkedHtml(hit.highlight) };
}
