export type { Pool } from 'pg';
export { createPool, type DatabaseSettings } from './database/pool.ts';
export {
  DataRefused,
  DatabaseUnavailable,
  QueryMalformed,
  QueryTimedOut,
  WriteConflict,
} from './persistence.errors.ts';
export type { ArrivalOutcome, ArticleArrival, SearchText } from './articles/article-arrival.ts';
export type {
  ArticleRevision,
  ArticleState,
  RevisionSummary,
  StoredArticle,
} from './articles/stored-article.ts';
export { ArticleWriter } from './articles/article.writer.ts';
export { type GatheredChanges, StoryGatherer } from './stories/story.gatherer.ts';
export {
  StoryReader,
  type Story,
  type StoryArticle,
  type StoryPage,
  type StoryPosition,
  type StorySort,
} from './stories/story.reader.ts';
export type { SimilarArticle } from './near-duplicates/similar-articles.ts';
export { ArticleReader } from './articles/article.reader.ts';
export {
  FACET_NAMES,
  HIGHLIGHT_END,
  HIGHLIGHT_START,
  HISTOGRAM_UNITS,
  MAX_COUNTED,
  MAX_PAGE_SIZE,
  type ArticleSearch,
  type CountMode,
  type FacetName,
  type SearchHighlight,
  type SearchHit,
  type SearchPage,
  type SearchPosition,
  type SearchSort,
  type SearchSummary,
  type SearchTotal,
} from './search/article-search.ts';
export { ArticleExporter } from './export/article.exporter.ts';
export type { ExportSearch } from './export/export-places.ts';
export { ChangeListener, type ChangeObserver } from './changes/change-listener.ts';
export { ChangeReader, type TellableChange } from './changes/change.reader.ts';
export {
  DeletionRepository,
  type CarriedOutDeletion,
  type DeletionState,
} from './deletions/deletion.repository.ts';
export {
  RetentionRepository,
  type ExpiredArticles,
  type OrderedBatch,
  type RetentionPlace,
} from './retention/retention.repository.ts';
export { TrailWriter } from './trail/trail.writer.ts';
export { TrailReader } from './trail/trail.reader.ts';
export { migrate } from './migrations/migrate.ts';
export { FetchQueueRepository } from './sources/fetch-queue.repository.ts';
export type {
  DuePage,
  DuePoll,
  FetchTurn,
  FoundPage,
  FoundSitemap,
  HostLease,
  NewsOutsidePolls,
  NewsRhythm,
  OnwardRecord,
  PageRecord,
  PollRecord,
} from './sources/fetch-turn.ts';
export { RobotsRepository, type StoredRobots } from './sources/robots.repository.ts';
export { SourceRepository } from './sources/source.repository.ts';
export type {
  NewSource,
  Source,
  SourceChange,
  SourceError,
  SourceHealth,
  SourcePosition,
} from './sources/source.ts';
export { HubCallbackRepository, SubscriptionRepository } from './websub/websub.repository.ts';
export type {
  DueSubscription,
  HubMessage,
  KnownSubscription,
  SubscriptionRequest,
} from './websub/websub.ts';
