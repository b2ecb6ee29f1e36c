import { type ArticleIndexed, EVENT_TYPE, TOPIC, toCloudEventHeaders } from '@broadsheet/contracts';
import type { OutgoingRecord } from '@broadsheet/messaging';

/** The event for articles.indexed: byte for byte the same each time one cause is told of. */
export function indexedRecord(event: ArticleIndexed, traceparent: string | null): OutgoingRecord {
  return {
    topic: TOPIC.indexed,
    key: event.articleId,
    value: JSON.stringify(event),
    headers: toCloudEventHeaders({
      id: event.position,
      source: '/broadsheet/indexer',
      type: EVENT_TYPE.indexed,
      subject: event.articleId,
      time: event.at,
      contentType: 'application/json',
      traceparent,
    }),
  };
}
