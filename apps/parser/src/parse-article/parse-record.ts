import {
  addressId,
  chooseArticleId,
  contentId,
  recordId,
  trailEventId,
  type ArticleIdentity,
} from '@broadsheet/article';
import {
  PARSER_GENERATION,
  readRawArticle,
  type RawInput,
  type RecordCoordinates,
  type RejectionCode,
  type TrailEvent,
} from '@broadsheet/contracts';
import {
  extractPage,
  extractPlainText,
  type ExtractedArticle,
  type Extraction,
} from '@broadsheet/extraction';
import type { ConsumedRecord } from '@broadsheet/messaging';
import { decodeBytes } from '@broadsheet/text';
import { buildParsedArticle } from './build-parsed-article.ts';
import { UNDERSTOOD_CODES, type ParseOutcome } from './parse-outcome.ts';
import { APPENDED_AT_HEADER, readAppendedAt, versionOf } from './read-version.ts';

interface DecodedInput {
  readonly text: string;
  /** Null where the content came as JSON, decoded already. */
  readonly charset: string | null;
}

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
  const decoded = decode(input);
  const extraction = extract(input, decoded.text);
  if (extraction.kind === 'article') return accept(reading, input, decoded, extraction.article);
  const { url, traceparent } = input;
  return refuse(reading, {
    ...extraction,
    url,
    traceparent,
    subject: answeredId(input, decoded.text),
  });
}

function decode({ body, charset, mediaType }: RawInput): DecodedInput {
  if (typeof body === 'string') return { text: body, charset: null };
  return decodeBytes(body, { charset, kind: mediaType === 'text/plain' ? 'text' : 'html' });
}

function extract({ mediaType, url, hints }: RawInput, text: string): Extraction {
  return mediaType === 'text/plain'
    ? extractPlainText(text, hints)
    : extractPage(text, { url, hints });
}

/** The id with which the push of this input was answered. */
function answeredId({ url }: RawInput, text: string): string {
  return (url === null ? null : addressId(url)) ?? contentId(text);
}

function accept(
  reading: Reading,
  input: RawInput,
  decoded: DecodedInput,
  extracted: ExtractedArticle,
): ParseOutcome {
  const identity = chooseArticleId({
    pushedUrl: input.url,
    canonicalUrl: extracted.canonicalUrl,
    text: decoded.text,
  });
  const article = buildParsedArticle(extracted, identity, {
    source: input.source,
    version: versionOf(input.fetchedAt, reading.appendedAt),
    causedBy: coordinatesOf(reading.record),
  });
  const subject = answeredId(input, decoded.text);
  const step = stepOf(reading, {
    step: 'parsed',
    subject,
    url: identity.url,
    articleId: articleIdBeside(subject, identity),
    code: null,
    detail: {
      form: input.form,
      charset: decoded.charset,
      title: article.title.slice(0, 200),
      language: article.language,
      words: article.wordCount,
      truncated: article.truncated,
    },
  });
  return { kind: 'parsed', article, step, traceparent: input.traceparent };
}

function articleIdBeside(subject: string, identity: ArticleIdentity): string | null {
  return identity.id === subject ? null : identity.id;
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
