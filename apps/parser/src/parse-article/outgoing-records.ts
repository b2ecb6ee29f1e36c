import {
  EVENT_TYPE,
  TOPIC,
  toCloudEventHeaders,
  type ParsedArticle,
  type TrailEvent,
} from '@broadsheet/contracts';
import type { OutgoingRecord } from '@broadsheet/messaging';
import type { ParseOutcome } from './parse-outcome.ts';

const SERVICE = '/broadsheet/parser';
const JSON_TYPE = 'application/json';

/** The event for articles.parsed: equal for each parse of one record by one generation of the parser. */
function parsedRecord(article: ParsedArticle, traceparent: string | null): OutgoingRecord {
  const { causedBy, version } = article;
  return {
    topic: TOPIC.parsed,
    key: article.id,
    value: JSON.stringify(article),
    headers: toCloudEventHeaders({
      id: `${causedBy.topic}/${causedBy.partition}/${causedBy.offset}/${version.parserGeneration}`,
      source: SERVICE,
      type: EVENT_TYPE.parsed,
      subject: article.url,
      time: version.fetchedAt,
      contentType: JSON_TYPE,
      traceparent,
    }),
  };
}

function trailRecord(step: TrailEvent, traceparent: string | null): OutgoingRecord {
  return {
    topic: TOPIC.trail,
    key: step.subject,
    value: JSON.stringify(step),
    headers: toCloudEventHeaders({
      id: step.id,
      source: SERVICE,
      type: EVENT_TYPE.trail,
      subject: step.subject,
      time: step.at,
      contentType: JSON_TYPE,
      traceparent,
    }),
  };
}

/** Everything that an outcome puts on topics; the article before the step that tells of it. */
export function outgoingRecords(
  outcome: Exclude<ParseOutcome, { kind: 'failed' }>,
): OutgoingRecord[] {
  const step = trailRecord(outcome.step, outcome.traceparent);
  if (outcome.kind === 'rejected') return [step];
  return [parsedRecord(outcome.article, outcome.traceparent), step];
}
