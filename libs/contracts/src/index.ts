export {
  ArticleHints,
  ArticleSource,
  MAX_BODY_BYTES,
  MAX_CONTEXT_HEADER_BYTES,
  MAX_TEXT_BYTES,
  MAX_URL_BYTES,
  RawArticle,
} from './raw-article.event.ts';
export {
  ArticleAddress,
  ArticleImage,
  ArticleVersion,
  DatePrecision,
  FieldOrigin,
  FieldProvenance,
  PARSER_GENERATION,
  ParsedArticle,
  RecordCoordinates,
} from './parsed-article.event.ts';
export { ArticleIndexed, ChangeKind } from './article-indexed.event.ts';
export { ServiceName, TrailEvent, TrailStep } from './trail.event.ts';
export {
  CONSUMER_GROUP,
  DEAD_LETTER_TOPICS,
  TOPIC,
  TOPICS,
  deadLetterTopic,
  type TopicSpec,
} from './topics.ts';
export { REJECTION_CODES, type RejectionCode } from './error-codes.ts';
