export { BodyRecorder, type BodyReport } from './body-recorder.ts';
export type {
  ExtractedArticle,
  ExtractedImage,
  FieldProvenance,
  FieldSource,
  PageFields,
} from './extracted-article.ts';
export type { Extraction, ExtractionHints, PageOptions, TextOptions } from './extraction.ts';
export { extractPage } from './extract-page.ts';
export { extractPlainText } from './extract-plain-text.ts';
export {
  normaliseArticle,
  type ArticleInput,
  type NormalArticle,
  type Normalised,
} from './normalise/normalise-article.ts';
