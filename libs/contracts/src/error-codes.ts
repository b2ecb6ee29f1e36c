/** Stable reasons for which an input is not an article, or a record cannot be processed. */
export const REJECTION_CODES = {
  EMPTY_VALUE: 'the record has no value',
  TOO_LARGE: 'the body is larger than 8 MiB',
  TOO_DEEP: 'the markup or JSON is nested too deeply',
  NOT_TEXT: 'the content is not text: it holds control characters',
  TOO_SHORT: 'the text has neither two paragraphs nor 200 characters',
  NOT_AN_ARTICLE: 'the page holds no article text',
  UNSUPPORTED_TYPE: 'the content type is not one that is read here',
  JSON_INVALID: 'the value looks like JSON and cannot be parsed',
  RAW_ARTICLE_INVALID: 'the JSON is not a RawArticle',
  CLOUD_EVENT_INVALID: 'the CloudEvents envelope is incomplete or contradicts itself',
  HEADER_INVALID: 'a header that is read here is not UTF-8 or not of its form',
  URL_INVALID: 'the URL is not an absolute http or https address of at most 2,000 bytes',
  PARSED_ARTICLE_INVALID: 'the value is not a ParsedArticle',
  ARTICLE_INDEXED_INVALID: 'the value is not an ArticleIndexed',
  TRAIL_EVENT_INVALID: 'the value is not a TrailEvent',
  BATCH_UNDECODABLE: 'the batch cannot be decompressed or fails its checksum',
  PARSE_TIMEOUT: 'parsing took longer than one page may take',
  HANDLER_FAILED: 'processing failed three times while everything around it worked',
  DATA_REFUSED: 'the database refuses the data of this record',
} as const;
export type RejectionCode = keyof typeof REJECTION_CODES;
