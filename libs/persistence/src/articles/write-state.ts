import type { ArticleTombstone } from '@broadsheet/article';
import type { ArticleVersion } from '@broadsheet/contracts';

/** What has to be known of a stored article to decide about an arrival. */
export interface StoredState {
  readonly id: string;
  readonly revision: number;
  readonly contentHash: string;
  readonly fieldsHash: string;
  readonly version: ArticleVersion;
  readonly firstSeenAt: string;
  readonly duplicateOf: string | null;
  /** The article whose text this one copies, or null. */
  readonly copyOf: string | null;
}

/** Everything stored that the arrivals of one batch touch. */
export interface WriteState {
  readonly articles: ReadonlyMap<string, StoredState>;
  /** Address id to article id. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly tombstones: ReadonlyMap<string, ArticleTombstone>;
}
