import type { DuePage, DuePoll, FetchTurn, FrontierKind, NewsRhythm } from './fetch-turn.ts';

export interface RhythmColumns {
  readonly last_item_at: Date | null;
  readonly item_gap_ms: string | null;
  readonly item_gaps: number | null;
}

export function readRhythm(row: RhythmColumns): NewsRhythm {
  return {
    lastItemAt: row.last_item_at,
    itemGapMs: row.item_gap_ms === null ? null : Number(row.item_gap_ms),
    itemGaps: row.item_gaps ?? 0,
  };
}

interface PollColumns extends RhythmColumns {
  readonly poll_source_id: string;
  readonly poll_url: string;
  readonly owner_url: string;
  readonly memory: unknown;
  readonly pushed_until: Date | null;
  readonly poll_redirects: unknown;
  readonly poll_name: string | null;
  readonly selector: string | null;
  readonly etag: string | null;
  readonly last_modified: string | null;
  readonly body_hash: string | null;
  readonly interval_ms: number | null;
  readonly consecutive_failures: number;
}

interface PageColumns {
  readonly address_id: string;
  readonly page_url: string;
  readonly page_source_id: string;
  readonly hints: unknown;
  readonly attempts: number;
  readonly kind: FrontierKind;
  readonly found_at: Date;
  readonly fetched_at: Date | null;
  readonly page_redirects: unknown;
  readonly page_etag: string | null;
  readonly page_last_modified: string | null;
  readonly page_body_hash: string | null;
  readonly source_url: string | null;
  readonly source_name: string | null;
}

type Absent<Columns> = { readonly [Name in keyof Columns]: null };

/** A row of READ_WORK: a poll, a page, or neither. */
export type TurnRow = { readonly host: string } & (PollColumns | Absent<PollColumns>) &
  (PageColumns | Absent<PageColumns>);

function toPoll(row: PollColumns): DuePoll {
  return {
    sourceId: row.poll_source_id,
    url: row.poll_url,
    ownerUrl: row.owner_url,
    name: row.poll_name,
    selector: row.selector,
    etag: row.etag,
    lastModified: row.last_modified,
    bodyHash: row.body_hash,
    intervalMs: row.interval_ms,
    consecutiveFailures: row.consecutive_failures,
    memory: row.memory,
    rhythm: readRhythm(row),
    pushedUntil: row.pushed_until,
  };
}

function toPage(row: PageColumns): DuePage {
  return {
    addressId: row.address_id,
    kind: row.kind,
    url: row.page_url,
    sourceId: row.page_source_id,
    source: row.source_url === null ? null : { url: row.source_url, name: row.source_name },
    hints: row.hints,
    attempts: row.attempts,
    foundAt: row.found_at,
    fetchedAt: row.fetched_at,
    etag: row.page_etag,
    lastModified: row.page_last_modified,
    bodyHash: row.page_body_hash,
  };
}

/** Null where nothing was due after all. */
export function readTurn(row: TurnRow, leaseUntil: Date): FetchTurn | null {
  const lease = { host: row.host, leaseUntil };
  if (row.poll_source_id !== null) {
    return { ...lease, redirects: row.poll_redirects, kind: 'poll', poll: toPoll(row) };
  }
  if (row.address_id !== null) {
    return { ...lease, redirects: row.page_redirects, kind: 'page', page: toPage(row) };
  }
  return null;
}
