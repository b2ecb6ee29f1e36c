import { sniffBytes, sniffText } from './content-sniffing.ts';
import { InputRefused } from './input-refused.errors.ts';
import { decodeJson, parseJson } from './json-text.ts';
import { readingOf, type MediaType, type Reading } from './media-type.ts';
import { MAX_BODY_BYTES } from './limits.ts';

export type ContentMediaType = 'text/html' | 'application/xhtml+xml' | 'text/plain';

/** Content that the extraction can read: bytes in a charset, or text that is already decoded. */
export interface ArticleContent {
  readonly kind: 'content';
  readonly body: Uint8Array | string;
  readonly mediaType: ContentMediaType;
  readonly charset: string | null;
}

/** Content that is JSON and says itself what it holds. */
export interface JsonContent {
  readonly kind: 'json';
  readonly value: unknown;
}

const MEDIA_TYPES = {
  html: 'text/html',
  xhtml: 'application/xhtml+xml',
  text: 'text/plain',
} as const satisfies Partial<Record<Reading, ContentMediaType>>;

/** Throws EMPTY_VALUE, TOO_LARGE, UNSUPPORTED_TYPE, JSON_INVALID, TOO_DEEP. */
export function readContent(
  body: Uint8Array | string,
  type: MediaType | null,
): ArticleContent | JsonContent {
  if (body.length === 0) throw new InputRefused('EMPTY_VALUE', 'there is no content');
  const reading = readingOf(type);
  switch (reading) {
    case 'unsupported':
      throw new InputRefused('UNSUPPORTED_TYPE', `${type?.essence ?? ''} is not read here`);
    case 'json':
      return { kind: 'json', value: parseJson(textOf(body)) };
    case 'unknown':
      return readUntyped(body, type);
    default:
      return articleContent(body, MEDIA_TYPES[reading], type?.charset ?? null);
  }
}

function readUntyped(
  body: Uint8Array | string,
  type: MediaType | null,
): ArticleContent | JsonContent {
  const { looks, charset } = typeof body === 'string' ? sniffText(body) : sniffBytes(body);
  if (looks === 'json-object') return { kind: 'json', value: parseJson(textOf(body)) };
  if (looks === 'json-array') {
    const array = parseArray(body);
    if (array !== null) return array;
  }
  const mediaType = looks === 'markup' ? 'text/html' : 'text/plain';
  return articleContent(body, mediaType, type?.charset ?? charset);
}

/** A text may begin with a bracket; only what parses is JSON. */
function parseArray(body: Uint8Array | string): JsonContent | null {
  try {
    return { kind: 'json', value: parseJson(textOf(body)) };
  } catch (error) {
    if (error instanceof InputRefused && error.code === 'JSON_INVALID') return null;
    throw error;
  }
}

function articleContent(
  body: Uint8Array | string,
  mediaType: ContentMediaType,
  charset: string | null,
): ArticleContent {
  if (isLargerThan(body, MAX_BODY_BYTES)) {
    throw new InputRefused('TOO_LARGE', `the body is larger than ${MAX_BODY_BYTES} bytes`);
  }
  return { kind: 'content', body, mediaType, charset };
}

function isLargerThan(body: Uint8Array | string, limit: number): boolean {
  if (typeof body !== 'string') return body.byteLength > limit;
  if (body.length * 3 <= limit) return false;
  return body.length > limit || new TextEncoder().encode(body).byteLength > limit;
}

function textOf(body: Uint8Array | string): string {
  return typeof body === 'string' ? body : decodeJson(body);
}
