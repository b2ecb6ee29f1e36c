import type { ArticleSearch } from './article-search.ts';
import type { DateSpreads } from './date-windows.ts';
import type { QueryNode } from './query-language/query-tree.ts';

/** Configurations that reduce words to the same query. */
export interface WordGroup {
  /** Null where all articles are of these configurations. */
  readonly configs: readonly string[] | null;
  /** A tsquery. */
  readonly query: string;
  /**
   * Finds what `query` finds and more, from the index alone; the same as `query` where the index says all.
   * Phrases and titles have to be looked up in the article's own vector, which is what takes time.
   */
  readonly loose: string;
}

/** A tsquery by configuration, for ranking and marking. */
interface ConfigQuery {
  readonly config: string;
  readonly query: string;
}

/** A condition on words and fields that no single tsquery can say. */
export type MixedCondition =
  | { readonly kind: 'words'; readonly groups: readonly WordGroup[] }
  | Extract<QueryNode, { kind: 'field' }>
  | { readonly kind: 'not'; readonly operand: MixedCondition }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly MixedCondition[] };

export interface CompiledWords {
  readonly groups: readonly WordGroup[];
  readonly ranked: readonly ConfigQuery[];
  /** The words to mark; empty where only titles were searched. */
  readonly marked: readonly ConfigQuery[];
  /** The same as they were typed: not every word is marked by its reduced form. */
  readonly typed: readonly string[];
  /** False where nothing has to be there, as in `-fire`: then no index leads to the matches. */
  readonly isIndexable: boolean;
}

/** A search with its words compiled; `words` is null where it has none. */
export interface CompiledSearch {
  readonly search: ArticleSearch;
  readonly words: CompiledWords | null;
  readonly mixed: readonly MixedCondition[];
}

/** A compiled search, and what is known of the dates that it walks through. */
export interface DatedSearch extends CompiledSearch {
  readonly spreads: DateSpreads;
}
