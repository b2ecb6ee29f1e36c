import type { ArticleSearch } from './article-search.ts';

/** The words of a search as a tsquery, reduced by one configuration. */
export interface ConfigQuery {
  readonly config: string;
  readonly query: string;
  /** The words to mark; null where only a title was searched for. */
  readonly marked: string | null;
}

/** A search with its words compiled; `words` is null where it has none. */
export interface CompiledSearch {
  readonly search: ArticleSearch;
  readonly words: readonly ConfigQuery[] | null;
}

/** Up to this many matches are looked at by themselves; more are taken from the newest down. */
export const MAX_CANDIDATES = 1_000;
