/** Fields that hold one value and are compared whole; `title:` reads words instead. */
export const VALUE_FIELDS = ['site', 'source', 'author', 'category', 'language'] as const;
export type ValueField = (typeof VALUE_FIELDS)[number];

/** A word, or a phrase, whose words stand side by side. */
export interface WordsNode {
  readonly kind: 'words';
  readonly text: string;
  readonly isPrefix: boolean;
  readonly inTitle: boolean;
  /** Offset in the query, in UTF-16 code units. */
  readonly position: number;
}

export type QueryNode =
  | WordsNode
  | { readonly kind: 'field'; readonly field: ValueField; readonly value: string }
  | { readonly kind: 'not'; readonly operand: QueryNode }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly QueryNode[] };

/** What is wrong with a query, and where: an offset in UTF-16 code units. */
export interface QueryFault {
  readonly position: number;
  readonly detail: string;
}

/** `tree` is null where nothing in the query could match, as with punctuation alone. */
export type ParsedQuery =
  | { readonly kind: 'parsed'; readonly tree: QueryNode | null }
  | { readonly kind: 'malformed'; readonly fault: QueryFault };
