import { TOPIC, deadLetterTopic } from '@broadsheet/contracts';
import type { UndecodableRange } from '../codecs/record-batch.decoder.ts';
import type { ConsumedRecord, OutgoingRecord } from '../log.port.ts';
import { measureRecordBytes } from '../produce/record-size.ts';

/** Who gives up, and after how many tries. */
export interface DeadLetterContext {
  readonly groupId: string;
  /** Name of the service. */
  readonly stage: string;
  readonly serviceVersion: string;
  readonly code: string;
  readonly error: Error;
  readonly attempts: number;
  readonly firstFailedAtMs: number;
  readonly maxRecordBytes: number;
}

type HeaderValue = string | Buffer | readonly (string | Buffer)[];

const MAX_STACK_BYTES = 4 * 1024;
const MAX_MESSAGE_BYTES = 1024;
const DEAD_LETTER_SUFFIX = '.dlq';

/**
 * Where a group's dead letters of a topic go. A group that reads dead letters puts those it cannot
 * process among the trail's. Null: the record lies there already, and must not go round in circles.
 */
export function deadLetterTopicOf(topic: string, groupId: string): string | null {
  const isDeadLetter = topic.endsWith(DEAD_LETTER_SUFFIX);
  const target = deadLetterTopic(isDeadLetter ? TOPIC.trail : topic, groupId);
  return target === topic ? null : target;
}

/**
 * A record as a dead letter: key, value and headers byte for byte, the reasons in `dlq.*` headers
 * behind them. A value that would outgrow the dead letters' topic is cut, and
 * `dlq.value-truncated` holds its length in bytes.
 */
export function toDeadLetter(
  topic: string,
  record: ConsumedRecord,
  context: DeadLetterContext,
): OutgoingRecord {
  const { topic: from, partition, offset, timestampMs } = record;
  const origin = { topic: from, partition, offset, timestampMs };
  const headers = mergeHeaders(record.headers, reasonHeaders(origin, context));
  const letter = { topic, key: record.key, value: record.value, headers };
  if (measureRecordBytes(letter) <= context.maxRecordBytes) return letter;
  const truncated = { 'dlq.value-truncated': String(record.value?.length ?? 0) };
  const cut = cutValue({ ...letter, headers: { ...headers, ...truncated } }, context);
  if (cut !== null) return cut;
  // Its own key and headers alone are too much: keep where it lies and why.
  const reasons = { ...reasonHeaders(origin, context), ...truncated };
  return { topic, key: null, value: null, headers: reasons };
}

/** The coordinates of what could not be read; the bytes stay on the topic they came from. */
export function toUndecodableLetter(
  topic: string,
  from: { readonly topic: string; readonly partition: number },
  range: UndecodableRange,
  context: DeadLetterContext,
): OutgoingRecord {
  const origin = { ...from, offset: range.firstOffset, timestampMs: range.timestampMs };
  const reasons = reasonHeaders(origin, context);
  const headers = { ...reasons, 'dlq.last-offset': String(range.lastOffset) };
  return { topic, key: null, value: null, headers };
}

interface Origin {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly timestampMs: number;
}

function reasonHeaders(origin: Origin, context: DeadLetterContext): Record<string, string> {
  const { error } = context;
  const isRetriable = (error as { retry?: unknown }).retry === 'later';
  return {
    'dlq.topic': origin.topic,
    'dlq.partition': String(origin.partition),
    'dlq.offset': String(origin.offset),
    'dlq.timestamp': String(origin.timestampMs),
    'dlq.group': context.groupId,
    'dlq.stage': context.stage,
    'dlq.service-version': context.serviceVersion,
    'dlq.code': context.code,
    'dlq.error-class': error.name,
    'dlq.error-message': cutText(error.message, MAX_MESSAGE_BYTES),
    'dlq.error-stack': cutText(error.stack ?? '', MAX_STACK_BYTES),
    'dlq.attempts': String(context.attempts),
    'dlq.first-failed-at': new Date(context.firstFailedAtMs).toISOString(),
    'dlq.retriable': String(isRetriable),
  };
}

/** A replayed dead letter has reasons already: the new ones come last, and the last one counts. */
function mergeHeaders(
  original: ConsumedRecord['headers'],
  reasons: Readonly<Record<string, string>>,
): Record<string, HeaderValue> {
  const headers: [string, HeaderValue][] = [...original];
  for (const [name, value] of Object.entries(reasons)) {
    headers.push([name, [...(original.get(name) ?? []), value]]);
  }
  // fromEntries defines own properties: a header called __proto__ stays a header.
  return Object.fromEntries(headers);
}

function cutValue(letter: OutgoingRecord, { maxRecordBytes }: DeadLetterContext) {
  const room = maxRecordBytes - measureRecordBytes({ ...letter, value: null });
  if (room < 0) return null;
  return { ...letter, value: letter.value?.slice(0, room) ?? null };
}

/** The text's first bytes in UTF-8, without a split character at the end. */
function cutText(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maxBytes) return text;
  return new TextDecoder().decode(bytes.subarray(0, maxBytes), { stream: true });
}
