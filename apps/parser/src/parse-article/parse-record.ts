import { addressId, recordId, trailEventId, type ArticleVersion } from '@broadsheet/article';
import {
  PARSER_GENERATION,
  readRawArticle,
  type ParsedArticle,
  type RawInput,
  type RecordCoordinates,
  type RejectionCode,
  type TrailEvent,
} from '@broadsheet/contracts';
import { normaliseArticle, type NormalArticle, type Normalised } from '@broadsheet/extraction';
import type { ConsumedRecord } from '@broadsheet/messaging';
import { UNDERSTOOD_CODES, type ParseOutcome } from './parse-outcome.ts';
import { APPENDED_AT_HEADER, readAppendedAt, versionOf } from './read-version.ts';

/** One record of articles.raw, on its way through the parser. */
interface Reading {
  readonly record: ConsumedRecord;
  readonly place: string;
  readonly appendedAt: string;
  readonly now: Date;
}

/** Everything the parser does, without effects. Total: whatever the bytes, there is an outcome. */
export function parseRecord(record: ConsumedRecord, now: Date): ParseOutcome {
  const appendedAt = readAppendedAt(record);
  if (appendedAt === null) {
    return {
      kind: 'failed',
      code: 'HEADER_INVALID',
      detail: `${APPENDED_AT_HEADER} is not a UTC time`,
    };
  }
  const place = `${record.topic}/${record.partition}/${record.offset}`;
  const reading: Reading = { record, place, appendedAt, now };
  const raw = readRawArticle(record);
  if (raw.kind === 'article') return parseInput(reading, raw.input);
  const { topic, partition, offset } = record;
  const subject =
    (raw.url === null ? null : addressId(raw.url)) ?? recordId(topic, partition, offset);
  return refuse(reading, { ...raw, subject, traceparent: null });
}

function parseInput(reading: Reading, input: RawInput): ParseOutcome {
  const version = versionOf(input.fetchedAt, reading.appendedAt);
  const normalised = normaliseArticle(input, version.fetchedAt);
  const { outcome, answeredId } = normalised;
  if (outcome.kind === 'article')
    return accept({ ...reading, input, version }, normalised, outcome.article);
  const { url, traceparent } = input;
  return refuse(reading, { ...outcome, url, traceparent, subject: answeredId });
}

interface ReadInput extends Reading {
  readonly input: RawInput;
  readonly version: ArticleVersion;
}

function accept(
  { input, version, ...reading }: ReadInput,
  { charset, answeredId }: Normalised,
  normal: NormalArticle,
): ParseOutcome {
  const article: ParsedArticle = {
    ...normal,
    source: input.source,
    version,
    causedBy: coordinatesOf(reading.record),
  };
  const step = stepOf(reading, {
    step: 'parsed',
    subject: answeredId,
    url: article.url,
    articleId: article.id === answeredId ? null : article.id,
    code: null,
    detail: {
      form: input.form,
      charset: charset?.charset ?? null,
      title: article.title.slice(0, 200),
      language: article.language,
      words: article.wordCount,
      truncated: article.truncated,
    },
  });
  return { kind: 'parsed', article, step, traceparent: input.traceparent };
}

interface Refusal {
  readonly code: RejectionCode;
  readonly detail: string;
  readonly url: string | null;
  readonly subject: string;
  readonly traceparent: string | null;
}

function refuse(reading: Reading, refusal: Refusal): ParseOutcome {
  const { code, detail, url, subject, traceparent } = refusal;
  if (!UNDERSTOOD_CODES.has(code)) return { kind: 'failed', code, detail };
  const step = stepOf(reading, {
    step: 'rejected',
    subject,
    url,
    articleId: null,
    code,
    detail: { explanation: detail.slice(0, 1_000) },
  });
  return { kind: 'rejected', step, traceparent };
}

type StepFacts = Omit<TrailEvent, 'id' | 'service' | 'at' | 'record'>;

function stepOf({ place, now }: Reading, facts: StepFacts): TrailEvent {
  return {
    ...facts,
    id: trailEventId('parser', facts.step, place, String(PARSER_GENERATION)),
    service: 'parser',
    at: now.toISOString(),
    record: place,
  };
}

function coordinatesOf({ topic, partition, offset }: ConsumedRecord): RecordCoordinates {
  return { topic, partition, offset: offset.toString() };
}
