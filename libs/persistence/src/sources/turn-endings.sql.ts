import { type BulkColumn, unnested } from '../database/bulk-statement.ts';
import { storable, storableJson } from '../database/storable-values.ts';
import { countRecentItems } from './recent-items.sql.ts';
import type { HostLease, OnwardRecord, PageRecord, PollRecord } from './fetch-turn.ts';

/** Longest error text kept, in UTF-16 code units. */
const MAX_DETAIL = 500;

export type SucceededPoll = PollRecord & {
  readonly result: Extract<PollRecord['result'], { kind: 'succeeded' }>;
};
export type FailedPoll = PollRecord & {
  readonly result: Extract<PollRecord['result'], { kind: 'failed' }>;
};

function isoOf(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}

const POLL: readonly BulkColumn<PollRecord>[] = [
  { name: 'source_id', sentAs: 'uuid', value: (record) => record.sourceId },
  { name: 'next_poll_at', sentAs: 'timestamptz', value: (record) => isoOf(record.nextPollAt) },
  { name: 'next_poll_reason', sentAs: 'text', value: (record) => record.nextPollReason },
  { name: 'asked_whole_because', sentAs: 'text', value: (record) => record.askedWholeBecause },
  { name: 'interval_ms', sentAs: 'integer', value: (record) => record.intervalMs },
  { name: 'failures', sentAs: 'integer', value: (record) => record.consecutiveFailures },
  { name: 'polled_at', sentAs: 'timestamptz', value: (record) => isoOf(record.polledAt) },
  { name: 'next_url', sentAs: 'text', value: (record) => record.nextUrl },
  { name: 'next_host', sentAs: 'text', value: (record) => new URL(record.nextUrl).host },
  { name: 'memory', sentAs: 'jsonb', value: (record) => storableJson(record.memory) },
];

export const SUCCEEDED_POLL: readonly BulkColumn<SucceededPoll>[] = [
  ...POLL,
  { name: 'etag', sentAs: 'text', value: ({ result }) => storable(result.etag) },
  { name: 'last_modified', sentAs: 'text', value: ({ result }) => storable(result.lastModified) },
  { name: 'body_hash', sentAs: 'text', value: ({ result }) => result.bodyHash },
  { name: 'new_items', sentAs: 'integer', value: ({ result }) => result.newItems },
  {
    name: 'last_item_at',
    sentAs: 'timestamptz',
    value: ({ result }) => isoOf(result.rhythm.lastItemAt),
  },
  { name: 'item_gap_ms', sentAs: 'bigint', value: ({ result }) => result.rhythm.itemGapMs },
  { name: 'item_gaps', sentAs: 'integer', value: ({ result }) => result.rhythm.itemGaps },
];

export const FAILED_POLL: readonly BulkColumn<FailedPoll>[] = [
  ...POLL,
  { name: 'code', sentAs: 'text', value: ({ result }) => result.code },
  {
    name: 'detail',
    sentAs: 'text',
    value: ({ result }) => storable(result.detail.slice(0, MAX_DETAIL)),
  },
];

type DonePage = Extract<PageRecord, { kind: 'done' }>;

function seen(record: PageRecord): DonePage | null {
  return record.kind === 'done' ? record : null;
}

export const PAGE: readonly BulkColumn<PageRecord>[] = [
  { name: 'address_id', sentAs: 'uuid', value: (record) => record.addressId },
  { name: 'host', sentAs: 'text', value: ({ url }) => new URL(url).host },
  {
    name: 'due_at',
    sentAs: 'timestamptz',
    value: (record) => (record.kind === 'given-up' ? null : isoOf(record.dueAt)),
  },
  {
    name: 'code',
    sentAs: 'text',
    value: (record) => (record.kind === 'done' ? null : record.code),
  },
  { name: 'fetched_at', sentAs: 'timestamptz', value: (record) => isoOf(seen(record)?.at ?? null) },
  { name: 'etag', sentAs: 'text', value: (record) => storable(seen(record)?.etag ?? null) },
  {
    name: 'last_modified',
    sentAs: 'text',
    value: (record) => storable(seen(record)?.lastModified ?? null),
  },
  { name: 'body_hash', sentAs: 'text', value: (record) => seen(record)?.bodyHash ?? null },
];

/** A source that was paused or changed while it was polled keeps what its owner decided. */
const NEXT_POLL = `
  next_poll_at = CASE WHEN s.enabled AND s.revision = t.source_revision
                      THEN incoming.next_poll_at ELSE t.next_poll_at END,
  next_poll_reason = CASE WHEN s.enabled AND s.revision = t.source_revision
                          THEN incoming.next_poll_reason ELSE t.next_poll_reason END,
  feed_url = CASE WHEN s.revision = t.source_revision
                  THEN nullif(incoming.next_url, s.url) ELSE t.feed_url END,
  host = CASE WHEN s.revision = t.source_revision THEN incoming.next_host ELSE t.host END,
  redirects = CASE WHEN s.revision = t.source_revision THEN '[]' ELSE t.redirects END,
  memory = CASE WHEN s.revision = t.source_revision THEN incoming.memory ELSE t.memory END,
  interval_ms = incoming.interval_ms, consecutive_failures = incoming.failures,
  asked_whole_because = incoming.asked_whole_because, last_polled_at = incoming.polled_at`;

/** What a hub pushed while a poll found nothing stays the last that the source had. */
export const RECORD_SUCCEEDED_POLLS = `
  UPDATE source_state t
     SET ${NEXT_POLL}, last_success_at = incoming.polled_at, last_error_at = NULL,
         last_error_code = NULL, last_error_detail = NULL, etag = incoming.etag,
         last_modified = incoming.last_modified, body_hash = incoming.body_hash,
         ${countRecentItems('incoming.new_items', 'incoming.polled_at')},
         items_seen = t.items_seen + incoming.new_items,
         last_item_at = CASE WHEN incoming.new_items = 0 THEN t.last_item_at ELSE incoming.last_item_at END,
         item_gap_ms = CASE WHEN incoming.new_items = 0 THEN t.item_gap_ms ELSE incoming.item_gap_ms END,
         item_gaps = CASE WHEN incoming.new_items = 0 THEN t.item_gaps ELSE incoming.item_gaps END
    FROM source s, ${unnested(SUCCEEDED_POLL)}
   WHERE s.id = t.source_id AND t.source_id = incoming.source_id`;

export const RECORD_FAILED_POLLS = `
  UPDATE source_state t
     SET ${NEXT_POLL}, last_error_at = incoming.polled_at, last_error_code = incoming.code,
         last_error_detail = incoming.detail
    FROM source s, ${unnested(FAILED_POLL)}
   WHERE s.id = t.source_id AND t.source_id = incoming.source_id`;

/** A page that was not fetched keeps what is known of its content. */
export const RECORD_PAGES = `
  UPDATE frontier f
     SET due_at = incoming.due_at, last_error_code = incoming.code,
         host = incoming.host, redirects = '[]',
         fetched_at = coalesce(incoming.fetched_at, f.fetched_at),
         attempts = CASE WHEN incoming.fetched_at IS NULL THEN f.attempts + 1 ELSE 0 END,
         etag = CASE WHEN incoming.fetched_at IS NULL THEN f.etag ELSE incoming.etag END,
         last_modified = CASE WHEN incoming.fetched_at IS NULL
                              THEN f.last_modified ELSE incoming.last_modified END,
         body_hash = CASE WHEN incoming.fetched_at IS NULL THEN f.body_hash ELSE incoming.body_hash END
    FROM ${unnested(PAGE)}
   WHERE f.address_id = incoming.address_id`;

export const ONWARD: readonly BulkColumn<OnwardRecord>[] = [
  { name: 'id', sentAs: 'uuid', value: ({ id }) => id },
  { name: 'host', sentAs: 'text', value: ({ url }) => new URL(url).host },
  { name: 'redirects', sentAs: 'jsonb', value: ({ redirects }) => storableJson(redirects) },
  { name: 'at', sentAs: 'timestamptz', value: ({ at }) => isoOf(at) },
];

/** What was done by somebody else meanwhile, or changed by its owner, is not sent anywhere. */
export const SEND_POLLS_ON = `
  UPDATE source_state t SET host = incoming.host, redirects = incoming.redirects
    FROM source s, ${unnested(ONWARD)}
   WHERE s.id = t.source_id AND t.source_id = incoming.id
     AND s.revision = t.source_revision AND t.next_poll_at <= incoming.at`;

export const SEND_PAGES_ON = `
  UPDATE frontier f SET host = incoming.host, redirects = incoming.redirects
    FROM ${unnested(ONWARD)}
   WHERE f.address_id = incoming.id AND f.due_at <= incoming.at`;

export const LEASE: readonly BulkColumn<HostLease>[] = [
  { name: 'host', sentAs: 'text', value: ({ host }) => host },
  { name: 'lease_until', sentAs: 'timestamptz', value: ({ leaseUntil }) => isoOf(leaseUntil) },
];

/** Those that are still held, locked in the order of their names. */
export const LOCK_LEASES = `
  SELECT h.host, h.free_at FROM host h JOIN ${unnested(LEASE)}
      ON h.host = incoming.host AND h.free_at = incoming.lease_until
   ORDER BY h.host FOR UPDATE OF h`;

export interface FreedHost {
  readonly host: string;
  readonly freeAt: Date;
}

export const FREED_HOST: readonly BulkColumn<FreedHost>[] = [
  { name: 'host', sentAs: 'text', value: ({ host }) => host },
  { name: 'free_at', sentAs: 'timestamptz', value: ({ freeAt }) => isoOf(freeAt) },
];

/** A statement of its own after the lock: only then does it see what others have added meanwhile. */
export const END_LEASES = `
  UPDATE host SET free_at = incoming.free_at,
         turn_at = (SELECT CASE WHEN min(due.at) IS NULL THEN NULL
                                ELSE greatest(incoming.free_at, min(due.at)) END
                      FROM (SELECT min(next_poll_at) AS at FROM source_state WHERE host = incoming.host
                            UNION ALL
                            SELECT min(due_at) FROM frontier
                             WHERE host = incoming.host AND due_at IS NOT NULL) AS due)
    FROM ${unnested(FREED_HOST)}
   WHERE host.host = incoming.host`;
