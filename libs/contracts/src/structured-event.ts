import { decodeBase64 } from './base64.ts';
import { readEventObject, type EventContext } from './cloud-event-context.ts';
import { InputRefused } from './input-refused.errors.ts';
import { decodeJson, isJsonObject, parseJson, type JsonObject } from './json-text.ts';
import { readingOf, parseMediaType, type MediaType } from './media-type.ts';
import { readContent, type ArticleContent, type JsonContent } from './raw-article-content.ts';

export interface StructuredEvent {
  readonly context: EventContext;
  /** Read only when asked for, so that a refusal of the data can still name the event's subject. */
  readonly readData: () => ArticleContent | JsonContent;
}

/** A value in structured content mode (CloudEvents JSON format §3). Throws CLOUD_EVENT_INVALID. */
export function readStructuredEvent(value: Uint8Array): StructuredEvent {
  const event = parseJson(decodeJson(value));
  if (!isJsonObject(event)) {
    throw new InputRefused('CLOUD_EVENT_INVALID', 'the event is not a JSON object');
  }
  const context = readEventObject(event);
  return { context, readData: () => readData(event, context.contentType) };
}

function readData(event: JsonObject, contentType: string | null): ArticleContent | JsonContent {
  const type = contentType === null ? null : parseMediaType(contentType);
  const data = event['data'] ?? null;
  const base64 = event['data_base64'] ?? null;
  if (base64 === null) return readPlainData(data, type);
  if (data !== null) {
    throw new InputRefused('CLOUD_EVENT_INVALID', 'the event has both data and data_base64');
  }
  if (typeof base64 !== 'string') {
    throw new InputRefused('CLOUD_EVENT_INVALID', 'data_base64 is not a string');
  }
  return readContent(decodeBase64(base64, 'CLOUD_EVENT_INVALID'), type);
}

function readPlainData(data: unknown, type: MediaType | null): ArticleContent | JsonContent {
  if (data === null) throw new InputRefused('EMPTY_VALUE', 'the event has no data');
  const reading = readingOf(type);
  const isJson = reading === 'json' || reading === 'unknown';
  // JSON is what clients declare without thinking; a string under it is looked at like any other.
  if (typeof data === 'string') return readContent(data, isJson ? null : type);
  if (isJson) return { kind: 'json', value: data };
  throw new InputRefused('CLOUD_EVENT_INVALID', 'data is JSON under a type that is not JSON');
}
