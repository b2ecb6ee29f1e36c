import { MAX_CONTEXT_HEADER_BYTES } from './limits.ts';
import { type ArticleHints } from './raw-article.event.ts';

export const CLOUD_EVENT_SPEC_VERSION = '1.0';
export const STRUCTURED_CLOUD_EVENT = 'application/cloudevents+json';

/** Types of the events on the topics of the pipeline. */
export const EVENT_TYPE = {
  raw: 'broadsheet.article.raw.v1',
  parsed: 'broadsheet.article.parsed.v1',
  indexed: 'broadsheet.article.indexed.v1',
  trail: 'broadsheet.article.trail.v1',
} as const;
export type EventType = (typeof EVENT_TYPE)[keyof typeof EVENT_TYPE];

export interface CloudEventContext {
  readonly id: string;
  /** Who says so, as a URI reference: `/broadsheet/parser`. */
  readonly source: string;
  readonly type: EventType;
  /** What the event is about; of raw articles the URL. */
  readonly subject?: string | null;
  /** When it happened (ISO 8601); of raw articles the time of the fetch. */
  readonly time?: string | null;
  readonly contentType: string;
  readonly hints?: ArticleHints | null;
  /** Where the article came from: `source` (an ArticleSource), feed and HTTP facts. */
  readonly origin?: Readonly<Record<string, unknown>> | null;
  /** W3C trace context of the work that caused the event. */
  readonly traceparent?: string | null;
}

/**
 * Headers of an event in binary content mode (CloudEvents 1.0, Kafka protocol binding §3.2).
 * Of hints or origin too large for a header the largest members are left out.
 */
export function toCloudEventHeaders(context: CloudEventContext): Record<string, string> {
  const headers: Record<string, string> = {
    ce_specversion: CLOUD_EVENT_SPEC_VERSION,
    ce_id: context.id,
    ce_source: context.source,
    ce_type: context.type,
    'content-type': context.contentType,
  };
  const optional = {
    ce_subject: context.subject,
    ce_time: context.time,
    ce_hints: toContextJson(context.hints),
    ce_origin: toContextJson(context.origin),
    traceparent: context.traceparent,
  };
  for (const [name, value] of Object.entries(optional)) {
    if (value !== undefined && value !== null && value !== '') headers[name] = value;
  }
  return headers;
}

function toContextJson(value: object | null | undefined): string | null {
  if (value === undefined || value === null) return null;
  const json = JSON.stringify(value);
  if (utf8Bytes(json) <= MAX_CONTEXT_HEADER_BYTES) return json;
  return JSON.stringify(Object.fromEntries(smallestMembers(value)));
}

function smallestMembers(value: object): readonly [string, unknown][] {
  const members = Object.entries(value)
    .map(([name, member]: [string, unknown]) => ({
      entry: [name, member] satisfies [string, unknown],
      bytes: utf8Bytes(JSON.stringify({ [name]: member })),
    }))
    .toSorted((left, right) => left.bytes - right.bytes);
  let total = 2;
  return members
    .filter((member) => (total += member.bytes) <= MAX_CONTEXT_HEADER_BYTES)
    .map((member) => member.entry);
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
