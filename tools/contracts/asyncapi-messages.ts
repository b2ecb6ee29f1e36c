import {
  EVENT_TYPE,
  MAX_CONTEXT_HEADER_BYTES,
  MAX_URL_BYTES,
  REJECTION_CODES,
  STRUCTURED_CLOUD_EVENT,
  type EventType,
} from '@broadsheet/contracts';
import type { EventName, JsonSchema } from './json-schemas.ts';

type Headers = Readonly<Record<string, JsonSchema>>;

const KAFKA_BINDING = '0.5.0';
const ARTICLE_ID = { type: 'string', format: 'uuid', description: 'Article id.' };
const SUBJECT_ID = {
  type: 'string',
  format: 'uuid',
  description: 'Subject of the step: article id, address id, content id or record id.',
};
const ADDRESS_KEY = {
  type: 'string',
  description: 'The address of the article, or any other key, or none.',
};

const traceparent = {
  type: 'string',
  description: 'W3C trace context of the work that caused the event.',
};
const urlHeader = {
  type: 'string',
  description: 'Address of the article; goes before the key.',
  maxLength: MAX_URL_BYTES,
};
const contextJson = (holds: string): JsonSchema => ({
  type: 'string',
  contentMediaType: 'application/json',
  maxLength: MAX_CONTEXT_HEADER_BYTES,
  description: `${holds} as compact JSON.`,
});

function eventHeaders(type: EventType | null, more: Headers = {}): JsonSchema {
  return {
    type: 'object',
    required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type'],
    properties: {
      ce_specversion: { type: 'string', const: '1.0' },
      ce_id: { type: 'string', minLength: 1 },
      ce_source: { type: 'string', format: 'uri-reference' },
      ce_type: type === null ? { type: 'string', minLength: 1 } : { type: 'string', const: type },
      ce_time: { type: 'string', format: 'date-time' },
      ...more,
      traceparent,
    },
  };
}

function looseHeaders(properties: Headers): JsonSchema {
  return { type: 'object', properties };
}

function keyed(key: JsonSchema): JsonSchema {
  return { kafka: { key, bindingVersion: KAFKA_BINDING } };
}

function schemaOf(name: EventName): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

function ownEvent(name: EventName, type: EventType, key: JsonSchema): JsonSchema {
  return {
    name,
    title: name,
    contentType: 'application/json',
    headers: eventHeaders(type, { ce_subject: { type: 'string' } }),
    payload: schemaOf(name),
    bindings: keyed(key),
  };
}

const bytes = (description: string): JsonSchema => ({
  type: 'string',
  format: 'binary',
  description,
});

const pushedEvent = {
  name: 'CloudEventBinary',
  title: 'CloudEvents 1.0, binary mode',
  summary: `Any ce_type is read; our own is ${EVENT_TYPE.raw}.`,
  contentType: 'text/html',
  headers: eventHeaders(null, {
    ce_subject: { ...urlHeader, description: 'Address of the article.' },
    ce_hints: contextJson('ArticleHints'),
    ce_origin: contextJson('Where the article came from (source, feed, HTTP facts)'),
  }),
  payload: bytes('The page or the text in the charset of content-type, or a RawArticle.'),
  bindings: keyed(ADDRESS_KEY),
};

const structuredEvent = {
  name: 'CloudEventStructured',
  title: 'CloudEvents 1.0, structured mode',
  contentType: STRUCTURED_CLOUD_EVENT,
  payload: {
    type: 'object',
    required: ['specversion', 'id', 'source', 'type'],
    properties: {
      specversion: { type: 'string', const: '1.0' },
      id: { type: 'string', minLength: 1 },
      source: { type: 'string', format: 'uri-reference' },
      type: { type: 'string', minLength: 1 },
      subject: { type: 'string', description: 'Address of the article.' },
      time: { type: 'string', format: 'date-time' },
      datacontenttype: { type: 'string' },
      data: { anyOf: [schemaOf('RawArticle'), { type: 'string' }] },
      data_base64: { type: 'string', contentEncoding: 'base64' },
    },
    oneOf: [{ required: ['data'] }, { required: ['data_base64'] }],
  },
  bindings: keyed(ADDRESS_KEY),
};

const deadLetter = {
  name: 'DeadLetter',
  title: 'A record that could not be processed',
  headers: {
    type: 'object',
    description: 'The headers of the record, byte for byte, and the reasons.',
    required: ['dlq.topic', 'dlq.partition', 'dlq.offset', 'dlq.group', 'dlq.code'],
    properties: {
      'dlq.topic': { type: 'string' },
      'dlq.partition': { type: 'string', pattern: '^\\d+$' },
      'dlq.offset': { type: 'string', pattern: '^\\d+$' },
      'dlq.timestamp': { type: 'string', description: 'Milliseconds since 1970.' },
      'dlq.group': { type: 'string' },
      'dlq.stage': { type: 'string' },
      'dlq.service-version': { type: 'string' },
      'dlq.code': { $ref: '#/components/schemas/RejectionCode' },
      'dlq.error-class': { type: 'string' },
      'dlq.error-message': { type: 'string' },
      'dlq.error-stack': { type: 'string' },
      'dlq.attempts': { type: 'string', pattern: '^\\d+$' },
      'dlq.first-failed-at': { type: 'string', format: 'date-time' },
      'dlq.retriable': { type: 'string', enum: ['true', 'false'] },
      'dlq.value-truncated': {
        type: 'string',
        description: 'Length of the value before it was cut.',
      },
    },
  },
  payload: bytes('The value of the record, byte for byte.'),
};

/** Stable reasons, each with what it means. */
export const rejectionCodeSchema: JsonSchema = {
  type: 'string',
  oneOf: Object.entries(REJECTION_CODES).map(([code, description]) => ({
    const: code,
    description,
  })),
};

/** The five ways of pushing an article. */
export const PUSHED_MESSAGES = {
  CloudEventBinary: pushedEvent,
  CloudEventStructured: structuredEvent,
  RawArticleJson: {
    name: 'RawArticleJson',
    title: 'RawArticle',
    summary: 'With content-type application/json, or none and a brace as first character.',
    contentType: 'application/json',
    headers: looseHeaders({ url: urlHeader, traceparent }),
    payload: schemaOf('RawArticle'),
    bindings: keyed(ADDRESS_KEY),
  },
  Page: {
    name: 'Page',
    title: 'A page as it was served',
    contentType: 'text/html',
    headers: looseHeaders({ url: urlHeader, traceparent }),
    payload: bytes('HTML in any charset that browsers read.'),
    bindings: keyed(ADDRESS_KEY),
  },
  Text: {
    name: 'Text',
    title: 'Plain text',
    summary: 'Date and headline in the first lines, as news agencies send them.',
    contentType: 'text/plain',
    headers: looseHeaders({ url: urlHeader, traceparent }),
    payload: bytes('Text in any charset that browsers read.'),
    bindings: keyed(ADDRESS_KEY),
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;

export const OWN_MESSAGES = {
  ParsedArticle: ownEvent('ParsedArticle', EVENT_TYPE.parsed, ARTICLE_ID),
  ArticleIndexed: ownEvent('ArticleIndexed', EVENT_TYPE.indexed, ARTICLE_ID),
  TrailEvent: ownEvent('TrailEvent', EVENT_TYPE.trail, SUBJECT_ID),
  DeadLetter: deadLetter,
} as const satisfies Readonly<Record<string, JsonSchema>>;

export type MessageName = keyof typeof PUSHED_MESSAGES | keyof typeof OWN_MESSAGES;
