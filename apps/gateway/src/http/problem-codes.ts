import type { RejectionCode } from '@broadsheet/contracts';

/** The codes of all problems, by status. They are part of the contract: clients tell cases apart by them. */
export const PROBLEM_CODES = {
  400: [
    'BODY_INCOMPLETE',
    'CONTENT_ENCODING_INVALID',
    'CURSOR_INVALID',
    'EMPTY_VALUE',
    'HEADER_INVALID',
    'JSON_INVALID',
    'PARAMETER_INVALID',
    'PARAMETER_UNKNOWN',
    'QUERY_MALFORMED',
    'REQUEST_INVALID',
    'SELECTOR_INVALID',
    'SELECTOR_TOO_COSTLY',
    'URL_INVALID',
  ],
  403: ['FOREIGN_ORIGIN'],
  404: [
    'ARTICLE_NOT_FOUND',
    'REVISION_NOT_FOUND',
    'ROUTE_NOT_FOUND',
    'SOURCE_NOT_FOUND',
    'STORY_NOT_FOUND',
    'SUBSCRIPTION_NOT_FOUND',
  ],
  405: ['METHOD_NOT_ALLOWED'],
  408: ['REQUEST_TIMED_OUT'],
  409: ['SOURCE_EXISTS'],
  410: ['ARTICLE_DELETED', 'SUBSCRIPTION_NOT_FOUND'],
  413: ['TOO_LARGE'],
  414: ['URL_TOO_LONG'],
  415: ['CONTENT_ENCODING_UNSUPPORTED', 'UNSUPPORTED_TYPE'],
  421: ['HOST_NOT_ALLOWED'],
  422: [
    'BODY_INVALID',
    'CLOUD_EVENT_INVALID',
    'NOT_AN_ARTICLE',
    'OPML_INVALID',
    'RAW_ARTICLE_INVALID',
    'SELECTOR_TOO_COSTLY',
    'SOURCE_NOT_READABLE',
    'TOO_DEEP',
    'URL_INVALID',
  ],
  431: ['HEADERS_TOO_LARGE'],
  500: ['INTERNAL_ERROR'],
  503: [
    'BROKER_UNAVAILABLE',
    'DATABASE_UNAVAILABLE',
    'INGEST_LAGGING',
    'PUSHES_EXHAUSTED',
    'STREAMS_EXHAUSTED',
  ],
  504: ['QUERY_TIMED_OUT'],
} as const;

export type ProblemStatus = keyof typeof PROBLEM_CODES;
/** A refused push brings the reason of whoever reads it. */
export type ProblemCode = (typeof PROBLEM_CODES)[ProblemStatus][number] | RejectionCode;

export function isProblemStatus(status: number): status is ProblemStatus {
  return status in PROBLEM_CODES;
}
