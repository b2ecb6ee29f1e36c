import type { ArticleVersion, ParsedArticle } from '@broadsheet/contracts';

/** What the parser found, without the facts about the arrival itself. */
export type ArticleContent = Omit<ParsedArticle, 'id' | 'addresses' | 'version' | 'causedBy'>;

/** An article as it stands: its current revision. Times are UTC ISO 8601. */
export interface StoredArticle extends ArticleContent {
  readonly id: string;
  /** The article this one turned out to be another address of, or a copy of; null where it is neither. */
  readonly duplicateOf: string | null;
  /** The story it is part of; null until it was put into one, moments after it was stored. */
  readonly storyId: string | null;
  /** Counts from 1; only a change of title or text raises it. */
  readonly revision: number;
  readonly firstSeenAt: string;
  /** When the current revision was written. */
  readonly updatedAt: string;
  readonly version: ArticleVersion;
}

/** The part of an article that changes whenever any of it does. */
export type ArticleState = Pick<
  StoredArticle,
  'id' | 'duplicateOf' | 'storyId' | 'revision' | 'updatedAt' | 'version'
>;

/** One state of an article's title and text, with the fields it had when it was superseded. */
export interface ArticleRevision extends ArticleContent {
  readonly articleId: string;
  readonly revision: number;
  readonly createdAt: string;
  /** Null for the current revision. */
  readonly supersededAt: string | null;
  readonly version: ArticleVersion;
}

/** One line of an article's history. */
export interface RevisionSummary {
  readonly articleId: string;
  readonly revision: number;
  readonly title: string;
  readonly contentHash: string;
  readonly wordCount: number;
  readonly createdAt: string;
  readonly supersededAt: string | null;
}
