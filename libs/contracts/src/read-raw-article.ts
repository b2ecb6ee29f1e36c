import type { ArticleFields } from './article-fields.ts';
import { decodeBase64 } from './base64.ts';
import {
  hasEventHeaders,
  NO_CONTEXT,
  readEventHeaders,
  toUtc,
  withoutNulls,
  type EventContext,
} from './cloud-event-context.ts';
import { STRUCTURED_CLOUD_EVENT } from './cloud-event.ts';
import type { RejectionCode } from './error-codes.ts';
import { InputRefused } from './input-refused.errors.ts';
import { isJsonObject } from './json-text.ts';
import { parseMediaType } from './media-type.ts';
import { fromNinjs, isNinjs } from './ninjs.ts';
import {
  readContent,
  type ArticleContent,
  type ContentMediaType,
  type JsonContent,
} from './raw-article-content.ts';
import type { ArticleSource } from './article-source.ts';
import { MAX_RECORD_BYTES } from './limits.ts';
import { RawArticle, type ArticleHints } from './raw-article.event.ts';
import { readContentType, readHeader, type RecordHeaders } from './record-headers.ts';
import { requireShape } from './shape.ts';
import { readStructuredEvent } from './structured-event.ts';
import { isWebAddress, requireWebAddress, startsLikeWebAddress } from './web-address.ts';

/** What is read of a record of articles.raw. */
export interface RawRecord {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: RecordHeaders;
}

export type RawForm =
  'cloudevents-binary' | 'cloudevents-structured' | 'json' | 'ninjs' | 'page' | 'text';

/** One pushed article, whichever way it came. */
export interface RawInput {
  readonly form: RawForm;
  /** As the producer wrote it; absolute http or https, at most MAX_URL_BYTES. */
  readonly url: string | null;
  /** A string where the content came as JSON and is therefore decoded; else bytes as they were sent. */
  readonly body: Uint8Array | string;
  /** As declared; where nothing is declared, what the first bytes look like. */
  readonly mediaType: ContentMediaType;
  /** As declared, or UTF-16 where the first bytes show it without a mark. */
  readonly charset: string | null;
  /** UTC, milliseconds. */
  readonly fetchedAt: string | null;
  readonly source: ArticleSource | null;
  readonly hints: ArticleHints;
  /** What was found before; null where that is still to be done. */
  readonly fields: ArticleFields | null;
  readonly origin: Readonly<Record<string, unknown>> | null;
  readonly eventId: string | null;
  readonly traceparent: string | null;
}

export type RawReading =
  | { readonly kind: 'article'; readonly input: RawInput }
  | {
      readonly kind: 'rejected';
      readonly code: RejectionCode;
      readonly detail: string;
      /** The article's address where it could still be read. */
      readonly url: string | null;
    };

/** Recognises the ways of pushing an article. Total: whatever the bytes, it answers. */
export function readRawArticle(record: RawRecord): RawReading {
  try {
    return { kind: 'article', input: readInput(record) };
  } catch (error) {
    if (!(error instanceof InputRefused)) throw error;
    const url = error.url ?? findAddress(record);
    return { kind: 'rejected', code: error.code, detail: error.message, url };
  }
}

function readInput(record: RawRecord): RawInput {
  const value = requireValue(record.value);
  const contentType = readContentType(record.headers);
  const type = contentType === null ? null : parseMediaType(contentType);
  const outerUrl = readHeader(record.headers, 'url') ?? addressInKey(record.key);
  const traceparent = readTraceparent(record.headers);
  if (type?.essence === STRUCTURED_CLOUD_EVENT) {
    const { context, readData } = readStructuredEvent(value);
    const content = naming(context.subject, readData);
    return complete(content, { form: 'cloudevents-structured', context, outerUrl, traceparent });
  }
  if (hasEventHeaders(record.headers)) {
    const context = readEventHeaders(record.headers, contentType);
    const content = readContent(value, type);
    return complete(content, { form: 'cloudevents-binary', context, outerUrl, traceparent });
  }
  const content = readContent(value, type);
  const isDeclaredNinjs = content.kind === 'json' && type?.essence.includes('ninjs') === true;
  const form = isDeclaredNinjs ? 'ninjs' : formOf(content);
  return complete(content, { form, context: NO_CONTEXT, outerUrl, traceparent });
}

function requireValue(value: Uint8Array | null): Uint8Array {
  if (value === null) throw new InputRefused('EMPTY_VALUE', 'the record has no value');
  if (value.byteLength === 0) throw new InputRefused('EMPTY_VALUE', 'the value has no bytes');
  if (value.byteLength <= MAX_RECORD_BYTES) return value;
  throw new InputRefused('TOO_LARGE', `the value is larger than ${MAX_RECORD_BYTES} bytes`);
}

function formOf(content: ArticleContent | JsonContent): RawForm {
  if (content.kind === 'json') return 'json';
  return content.mediaType === 'text/plain' ? 'text' : 'page';
}

/** What surrounds the content. */
interface Envelope {
  readonly form: RawForm;
  readonly context: EventContext;
  readonly outerUrl: string | null;
  readonly traceparent: string | null;
}

function complete(content: ArticleContent | JsonContent, envelope: Envelope): RawInput {
  if (content.kind === 'content') return toInput(content, {}, envelope);
  const isDeclared = envelope.form === 'ninjs';
  if (isJsonObject(content.value) && (isDeclared || isNinjs(content.value))) {
    const form = envelope.form === 'json' ? 'ninjs' : envelope.form;
    return completeJson(fromNinjs(content.value), { ...envelope, form });
  }
  return completeJson(content.value, envelope);
}

function completeJson(value: unknown, envelope: Envelope): RawInput {
  const named = isJsonObject(value) ? value['url'] : null;
  return naming(typeof named === 'string' ? named : null, () => {
    const raw = requireRawArticle(value);
    return toInput(readInnerContent(raw), raw, envelope);
  });
}

function toInput(content: ArticleContent, raw: Partial<RawArticle>, envelope: Envelope): RawInput {
  const { form, context, traceparent } = envelope;
  // The nearest to the content knows best.
  const url = raw.url ?? context.subject ?? envelope.outerUrl;
  return {
    form,
    url: url === null ? null : requireWebAddress(url),
    body: content.body,
    mediaType: content.mediaType,
    charset: content.charset,
    fetchedAt: toUtc(raw.fetchedAt) ?? context.fetchedAt,
    source: raw.source ?? context.source,
    hints: { ...context.hints, ...raw.hints },
    fields: raw.fields ?? null,
    origin: context.origin,
    eventId: context.eventId,
    traceparent,
  };
}

function requireRawArticle(value: unknown): RawArticle {
  if (!isJsonObject(value)) {
    throw new InputRefused(
      'RAW_ARTICLE_INVALID',
      'the JSON is not an object; send one article per record',
    );
  }
  const given = { ...withoutNulls(value) };
  for (const name of ['source', 'hints']) {
    const member = given[name];
    if (isJsonObject(member)) given[name] = withoutNulls(member);
  }
  return requireShape(RawArticle, given, 'RAW_ARTICLE_INVALID');
}

function readInnerContent(raw: RawArticle): ArticleContent {
  const type = raw.contentType === undefined ? null : parseMediaType(raw.contentType);
  const body = raw.content ?? decodeBase64(raw.contentBase64 ?? '', 'RAW_ARTICLE_INVALID');
  const content = readContent(body, type);
  if (content.kind === 'content') return content;
  throw new InputRefused('RAW_ARTICLE_INVALID', 'the content is itself JSON');
}

/** Lets a refusal name the article it is about, for whoever asks after that address. */
function naming<Result>(url: string | null, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputRefused) || url === null || !isWebAddress(url)) throw error;
    throw new InputRefused(error.code, error.message, error.url ?? url);
  }
}

/** A key is the article's address only if it looks like one; any other key just orders records. */
function addressInKey(key: Uint8Array | null): string | null {
  if (key === null) return null;
  const text = new TextDecoder().decode(key).trim();
  return startsLikeWebAddress(text) ? text : null;
}

function findAddress(record: RawRecord): string | null {
  const decoder = new TextDecoder();
  const candidates = [
    record.headers.get('ce_subject')?.at(-1),
    record.headers.get('url')?.at(-1),
    record.key,
  ];
  for (const candidate of candidates) {
    const text = candidate ? decoder.decode(candidate).trim() : '';
    if (isWebAddress(text)) return text;
  }
  return null;
}

const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** W3C Trace Context §4.3: what is not valid is ignored. */
function readTraceparent(headers: RecordHeaders): string | null {
  const value = headers.get('traceparent')?.at(-1);
  const text = value === undefined ? '' : new TextDecoder().decode(value);
  return TRACEPARENT.test(text) ? text : null;
}
