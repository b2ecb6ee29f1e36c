import type { z } from 'zod';
import { ArticleIndexed } from './article-indexed.event.ts';
import type { RejectionCode } from './error-codes.ts';
import { InputRefused } from './input-refused.errors.ts';
import { decodeJson, parseJson } from './json-text.ts';
import { ParsedArticle } from './parsed-article.event.ts';
import { requireShape } from './shape.ts';
import type { TrailEvent } from './trail.event.ts';

type OwnEvent = ParsedArticle | ArticleIndexed | TrailEvent;

export type EventReading<Event> =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'rejected'; readonly code: RejectionCode; readonly detail: string };

/** Reads the value of a record on one of our own topics. Members unknown to the schema are dropped. */
export function readEvent<Event extends OwnEvent>(
  schema: z.ZodType<Event>,
  value: Uint8Array | null,
): EventReading<Event> {
  if (value === null || value.byteLength === 0) {
    return { kind: 'rejected', code: 'EMPTY_VALUE', detail: 'the record has no value' };
  }
  try {
    const content = parseJson(decodeJson(value));
    return { kind: 'event', event: requireShape(schema, content, mismatchOf(schema)) };
  } catch (error) {
    if (!(error instanceof InputRefused)) throw error;
    return { kind: 'rejected', code: error.code, detail: error.message };
  }
}

function mismatchOf(schema: z.ZodType): RejectionCode {
  if (schema === ParsedArticle) return 'PARSED_ARTICLE_INVALID';
  return schema === ArticleIndexed ? 'ARTICLE_INDEXED_INVALID' : 'TRAIL_EVENT_INVALID';
}
