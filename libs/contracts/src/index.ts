export { ArticleFields } from './article-fields.ts';
export { ArticleSource } from './article-source.ts';
export {
  MAX_BODY_BYTES,
  MAX_CONTEXT_HEADER_BYTES,
  MAX_RECORD_BYTES,
  MAX_URL_BYTES,
} from './limits.ts';
export { ArticleHints, RawArticle } from './raw-article.event.ts';
export {
  ArticleImage,
  ArticleVersion,
  DatePrecision,
  FieldProvenance,
  PARSER_GENERATION,
  ParsedArticle,
  RecordCoordinates,
} from './parsed-article.event.ts';
export { ArticleIndexed, ChangeKind } from './article-indexed.event.ts';
export { TrailEvent } from './trail.event.ts';
export {
  CONSUMER_GROUP,
  DEAD_LETTER_TOPICS,
  TOPIC,
  TOPICS,
  deadLetterTopic,
  type TopicSpec,
} from './topics.ts';
export { REJECTION_CODES, type RejectionCode } from './error-codes.ts';
export {
  EVENT_TYPE,
  STRUCTURED_CLOUD_EVENT,
  toCloudEventHeaders,
  type CloudEventContext,
  type EventType,
} from './cloud-event.ts';
export {
  readRawArticle,
  type RawForm,
  type RawInput,
  type RawReading,
  type RawRecord,
} from './read-raw-article.ts';
export type { ContentMediaType } from './raw-article-content.ts';
export { readEvent, type EventReading } from './read-event.ts';
