import type { Pool } from 'pg';
import { type Query, queryOf } from '../database/session.ts';

/** What has had its time: articles that were first seen before a moment. */
export interface ExpiredArticles {
  /** UTC ISO 8601. */
  readonly seenBefore: string;
  /** Ids or names: only articles of these sources; all where null. */
  readonly sources: readonly string[] | null;
  /** Ids or names: no articles of these sources, which have a time of their own. */
  readonly otherThan: readonly string[];
}

/** An article in the order of the retention: the first seen first. */
export interface RetentionPlace {
  readonly seenAt: string;
  readonly id: string;
}

export interface OrderedBatch {
  readonly ordered: number;
  /** Where to go on; null once there is nothing left to order. */
  readonly next: RetentionPlace | null;
}

const ORDER_EXPIRED = `
WITH expired AS (
  SELECT id, first_seen_at FROM article
  WHERE duplicate_of IS NULL AND first_seen_at < $1::timestamptz
    AND ($2::text[] IS NULL OR source ->> 'id' = ANY ($2::text[]) OR source ->> 'name' = ANY ($2::text[]))
    AND (source ->> 'id' = ANY ($3::text[]) OR source ->> 'name' = ANY ($3::text[])) IS NOT TRUE
    AND ($4::timestamptz IS NULL OR (first_seen_at, id) > ($4::timestamptz, $5::uuid))
  ORDER BY first_seen_at, id LIMIT $6
), ordered AS (
  INSERT INTO deletion (article_id, requested_at, reason)
  SELECT id, $7::timestamptz, 'retention' FROM expired
  ON CONFLICT (article_id) DO NOTHING RETURNING 1
)
SELECT id, to_char(first_seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS seen_at,
  (SELECT count(*)::integer FROM ordered) AS ordered
FROM expired ORDER BY first_seen_at, id`;

const COUNT_WAITING = `SELECT count(*)::integer AS waiting FROM deletion WHERE reason = 'retention'`;

interface ExpiredRow {
  readonly id: string;
  readonly seen_at: string;
  readonly ordered: number;
}

/** Orders the deletion of what has had its time; whoever carries out deletions does the rest. */
export class RetentionRepository {
  private readonly query: Query;

  constructor(
    pool: Pool,
    private readonly clock: () => Date = () => new Date(),
  ) {
    this.query = queryOf(pool);
  }

  /** Orders that nobody has carried out yet. */
  async waiting(): Promise<number> {
    const [row] = await this.query<{ waiting: number }>(COUNT_WAITING);
    return row?.waiting ?? 0;
  }

  /** Ordering twice is ordering once; articles are neither locked nor changed. */
  async order(
    { seenBefore, sources, otherThan }: ExpiredArticles,
    after: RetentionPlace | null,
    limit: number,
  ): Promise<OrderedBatch> {
    const place = [after?.seenAt ?? null, after?.id ?? null, limit];
    const values = [seenBefore, sources, otherThan, ...place, this.clock().toISOString()];
    const rows = await this.query<ExpiredRow>(ORDER_EXPIRED, values);
    const last = rows.at(-1);
    const isFull = last !== undefined && rows.length === limit;
    return {
      ordered: last?.ordered ?? 0,
      next: isFull ? { seenAt: last.seen_at, id: last.id } : null,
    };
  }
}
