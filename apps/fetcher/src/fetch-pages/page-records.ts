import { addressId, trailEventId } from '@broadsheet/article';
import {
  EVENT_TYPE,
  TOPIC,
  TrailEvent,
  toCloudEventHeaders,
  type ArticleHints,
} from '@broadsheet/contracts';
import type { FetchedDocument } from '@broadsheet/http-client';
import type { OutgoingRecord, RecordPlacement } from '@broadsheet/messaging';
import type { DuePage } from '@broadsheet/persistence';

const SERVICE = '/broadsheet/fetcher';
const DEFAULT_CONTENT_TYPE = 'text/html';

/** What is known of a page when its fetch has come to an end. */
export interface PageEnd {
  readonly page: DuePage;
  readonly at: Date;
  readonly traceparent: string;
}

function originOf(
  page: DuePage,
  document: FetchedDocument,
  hints: ArticleHints,
): Record<string, unknown> {
  const { status, headers, redirects } = document;
  return {
    source: {
      id: page.sourceId,
      ...(page.source?.name ? { name: page.source.name } : {}),
      ...(page.source ? { feedUrl: page.source.url } : {}),
    },
    feed: { link: page.url, ...(hints.guid === undefined ? {} : { guid: hints.guid }) },
    http: {
      status,
      redirects: redirects.length,
      ...(headers['etag'] === undefined ? {} : { etag: headers['etag'] }),
      ...(headers['last-modified'] === undefined ? {} : { lastModified: headers['last-modified'] }),
    },
  };
}

/** The page's own bytes for articles.raw, keyed by the address that it came from in the end. */
export function rawRecord(
  { page, at, traceparent }: PageEnd,
  document: FetchedDocument,
  hints: ArticleHints,
): OutgoingRecord {
  const fetchedAt = at.toISOString();
  return {
    topic: TOPIC.raw,
    key: document.url,
    value: Buffer.from(document.body.buffer, document.body.byteOffset, document.body.byteLength),
    headers: toCloudEventHeaders({
      id: `${page.addressId}/${fetchedAt}`,
      source: SERVICE,
      type: EVENT_TYPE.raw,
      subject: document.url,
      time: fetchedAt,
      contentType: document.contentType ?? DEFAULT_CONTENT_TYPE,
      hints,
      origin: originOf(page, document, hints),
      traceparent,
    }),
  };
}

function trailRecord(event: TrailEvent, traceparent: string): OutgoingRecord {
  return {
    topic: TOPIC.trail,
    key: event.subject,
    value: JSON.stringify(event),
    headers: toCloudEventHeaders({
      id: event.id,
      source: SERVICE,
      type: EVENT_TYPE.trail,
      subject: event.subject,
      time: event.at,
      contentType: 'application/json',
      traceparent,
    }),
  };
}

/**
 * The step `fetched`, for the address the page came from and, where a redirect led there, for the address
 * that the feed gave: whoever asks for either finds it.
 */
export function fetchedSteps(
  end: PageEnd,
  document: FetchedDocument,
  placement: RecordPlacement,
): readonly OutgoingRecord[] {
  const { page, at } = end;
  const record = `${placement.topic}/${placement.partition}/${placement.offset}`;
  const reached = addressId(document.url) ?? page.addressId;
  const detail = {
    status: document.status,
    bytes: document.body.byteLength,
    sourceId: page.sourceId,
  };
  return [...new Set([reached, page.addressId])].map((subject) => {
    const step = {
      id: trailEventId(subject, 'fetched', record),
      subject,
      step: 'fetched' as const,
      service: 'fetcher' as const,
      at: at.toISOString(),
      url: subject === reached ? document.url : page.url,
      record,
      articleId: subject === reached ? null : reached,
      code: null,
      detail,
    };
    return trailRecord(step, end.traceparent);
  });
}

/** The step `rejected`: the page will not be fetched again, and why. */
export function rejectedStep(end: PageEnd, code: string, explanation: string): OutgoingRecord {
  const { page, at, traceparent } = end;
  const attempts = page.attempts + 1;
  const step = {
    // Without the time: after a crash the same end is told again.
    id: trailEventId(page.addressId, 'rejected', code, String(attempts)),
    subject: page.addressId,
    step: 'rejected' as const,
    service: 'fetcher' as const,
    at: at.toISOString(),
    url: page.url,
    record: null,
    articleId: null,
    code,
    detail: { explanation, sourceId: page.sourceId, attempts },
  };
  return trailRecord(step, traceparent);
}
