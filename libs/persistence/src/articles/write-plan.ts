import type { ArticleVersion, ChangeKind } from '@broadsheet/contracts';
import type { ArticleArrival } from './article-arrival.ts';
import type { StoredState } from './write-state.ts';

/** The row of one article as it has to stand at the end of the batch. */
export interface PlannedArticle {
  readonly id: string;
  readonly arrival: ArticleArrival;
  /** May be newer than the arrival: an unchanged one after it moved it forward. */
  readonly version: ArticleVersion;
  readonly fieldsHash: string;
  readonly revision: number;
  readonly firstSeenAt: string;
  /** Null: kept as it is stored. */
  readonly updatedAt: string | null;
  /** The row has to be new; another writer got ahead where it is not. */
  readonly isNew: boolean;
  /** Its title or text is not what is stored. */
  readonly isReworded: boolean;
  /** The article whose text this one copies; for a reworded one, only until that is judged. */
  readonly copyOf: string | null;
}

/** A revision that came and went within the batch. */
export interface PassedRevision {
  readonly articleId: string;
  readonly revision: number;
  readonly arrival: ArticleArrival;
}

export interface PlannedAlias {
  readonly addressId: string;
  readonly articleId: string;
  readonly url: string;
}

export interface PlannedChange {
  readonly articleId: string;
  readonly revision: number;
  readonly kind: ChangeKind;
  readonly arrival: ArticleArrival;
}

export interface Merge {
  readonly articleId: string;
  readonly duplicateOf: string;
  readonly arrival: ArticleArrival;
}

/** What one batch writes. Lists of rows are sorted by id, so that two writers never wait in a circle. */
export interface WritePlan {
  readonly articles: readonly PlannedArticle[];
  /** Arrivals that only move the stored version forward. */
  readonly advanced: readonly Pick<StoredState, 'id' | 'version'>[];
  /** Articles whose stored row becomes a past revision before it is overwritten. */
  readonly superseded: readonly string[];
  readonly passed: readonly PassedRevision[];
  readonly newAliases: readonly PlannedAlias[];
  readonly movedAliases: readonly PlannedAlias[];
  readonly merges: readonly Merge[];
  /** In the order in which the arrivals took effect. */
  readonly changes: readonly PlannedChange[];
}
