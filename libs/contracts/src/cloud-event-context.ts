import { z } from 'zod';
import { CLOUD_EVENT_SPEC_VERSION } from './cloud-event.ts';
import type { RejectionCode } from './error-codes.ts';
import { InputRefused } from './input-refused.errors.ts';
import { isJsonObject, parseJson, type JsonObject } from './json-text.ts';
import { ArticleSource } from './article-source.ts';
import { MAX_CONTEXT_HEADER_BYTES } from './limits.ts';
import { ArticleHints } from './raw-article.event.ts';
import { readHeader, type RecordHeaders } from './record-headers.ts';
import { requireShape } from './shape.ts';

const attribute = z.string().min(1).max(2_000);
const instant = z.iso.datetime({ offset: true });

/** The context attributes that are read; others are allowed and ignored. */
const Attributes = z.object({
  specversion: z.literal(CLOUD_EVENT_SPEC_VERSION),
  id: attribute,
  source: attribute,
  type: attribute,
  // Its length is that of a URL and is judged there.
  subject: z.string().optional(),
  time: instant.optional(),
  datacontenttype: attribute.optional(),
});

/** What an event, of either content mode, says beside its data. */
export interface EventContext {
  readonly eventId: string | null;
  readonly subject: string | null;
  readonly fetchedAt: string | null;
  readonly contentType: string | null;
  readonly hints: ArticleHints;
  readonly origin: JsonObject | null;
  readonly source: ArticleSource | null;
}

/** The context of content that came without an event around it. */
export const NO_CONTEXT: EventContext = {
  eventId: null,
  subject: null,
  fetchedAt: null,
  contentType: null,
  hints: {},
  origin: null,
  source: null,
};

const BINARY_ATTRIBUTES = ['specversion', 'id', 'source', 'type', 'subject', 'time'] as const;
const EXTENSIONS = ['hints', 'origin'] as const;

/** Whether a record names itself a CloudEvent; one attribute is enough to be held to all of them. */
export function hasEventHeaders(headers: RecordHeaders): boolean {
  return [...BINARY_ATTRIBUTES, ...EXTENSIONS].some((name) => headers.has(`ce_${name}`));
}

/** Throws HEADER_INVALID, CLOUD_EVENT_INVALID. */
export function readEventHeaders(headers: RecordHeaders, contentType: string | null): EventContext {
  const attributes: Record<string, unknown> =
    contentType === null ? {} : { datacontenttype: contentType };
  for (const name of BINARY_ATTRIBUTES) {
    const value = readHeader(headers, `ce_${name}`);
    if (value !== null) attributes[name] = value;
  }
  return toContext(attributes, {
    hints: readHeader(headers, 'ce_hints'),
    origin: readHeader(headers, 'ce_origin'),
    code: 'HEADER_INVALID',
  });
}

/** The context of an event in structured content mode. Throws CLOUD_EVENT_INVALID. */
export function readEventObject(event: JsonObject): EventContext {
  return toContext(event, {
    hints: event['hints'] ?? null,
    origin: event['origin'] ?? null,
    code: 'CLOUD_EVENT_INVALID',
  });
}

interface Extensions {
  readonly hints: unknown;
  readonly origin: unknown;
  readonly code: RejectionCode;
}

function toContext(given: JsonObject, extensions: Extensions): EventContext {
  const attributes = requireShape(Attributes, withoutNulls(given), 'CLOUD_EVENT_INVALID');
  const { code } = extensions;
  const origin = readExtension('origin', extensions.origin, code);
  const source = origin?.['source'] ?? null;
  return {
    eventId: attributes.id,
    subject: attributes.subject ?? null,
    fetchedAt: toUtc(attributes.time),
    contentType: attributes.datacontenttype ?? null,
    hints: requireShape(ArticleHints, readExtension('hints', extensions.hints, code) ?? {}, code),
    origin,
    source: source === null ? null : requireShape(ArticleSource, source, code),
  };
}

/** CloudEvents knows no nested attributes: hints and origin are JSON in a string, or plainly an object. */
function readExtension(name: string, value: unknown, code: RejectionCode): JsonObject | null {
  if (value === null) return null;
  const content = typeof value === 'string' ? parseExtension(name, value, code) : value;
  if (isJsonObject(content)) return withoutNulls(content);
  throw new InputRefused(code, `${name} is not a JSON object`);
}

function parseExtension(name: string, text: string, code: RejectionCode): unknown {
  if (new TextEncoder().encode(text).byteLength > MAX_CONTEXT_HEADER_BYTES) {
    throw new InputRefused(code, `${name} is larger than ${MAX_CONTEXT_HEADER_BYTES} bytes`);
  }
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof InputRefused) throw new InputRefused(code, `${name}: ${error.message}`);
    throw error;
  }
}

/** Serialisers write null for what is not there. */
export function withoutNulls(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

/** An instant in any offset and of any precision as UTC in milliseconds. */
export function toUtc(time: string | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
