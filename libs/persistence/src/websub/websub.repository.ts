import type { Pool } from 'pg';
import { inTransaction, queryOf, type Query } from '../database/session.ts';
import { storable } from '../database/storable-values.ts';
import type {
  DueSubscription,
  HubMessage,
  KnownSubscription,
  SubscriptionRequest,
} from './websub.ts';

/** Sources that name a hub and are not subscribed there, or whose lease is to be renewed. */
const DUE = `
  SELECT t.source_id, t.memory->'hub'->>'url' AS hub, t.memory->'hub'->>'topic' AS topic,
         w.token, w.secret, coalesce(w.failures, 0) AS failures
    FROM source_state t JOIN source s ON s.id = t.source_id LEFT JOIN websub w ON w.source_id = t.source_id
   WHERE s.enabled AND t.memory->'hub'->>'url' IS NOT NULL
     AND (w.source_id IS NULL OR w.renew_at <= $1)
   ORDER BY w.renew_at NULLS FIRST LIMIT $2`;

/** None where another fetcher was faster. */
const REQUEST = `
  INSERT INTO websub (source_id, token, secret, hub, topic, failures, renew_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (source_id) DO UPDATE
     SET hub = excluded.hub, topic = excluded.topic, failures = excluded.failures,
         renew_at = excluded.renew_at
   WHERE websub.renew_at <= $8
  RETURNING source_id`;

const BY_TOKEN = 'SELECT source_id, topic, secret FROM websub WHERE token = $1';

const ADD_MESSAGE = `
  INSERT INTO websub_message (source_id, kind, lease_seconds, content_type, body, received_at)
  VALUES ($1, $2, $3, $4, $5, $6)`;

const LOCK_MESSAGE = `
  SELECT id, source_id, kind, lease_seconds, content_type, body, received_at
    FROM websub_message ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`;

const REMOVE_MESSAGE = 'DELETE FROM websub_message WHERE id = $1';

const CONFIRM = `
  UPDATE websub SET failures = 0, lease_until = $2, renew_at = $3 WHERE source_id = $1`;

const DENY = 'UPDATE websub SET lease_until = NULL, renew_at = $2 WHERE source_id = $1';

const ADDRESS = `
  SELECT coalesce(t.feed_url, s.url) AS url
    FROM source s JOIN source_state t ON t.source_id = s.id WHERE s.id = $1 AND s.enabled`;

interface MessageRow {
  readonly id: string;
  readonly source_id: string;
  readonly kind: HubMessage['kind'];
  readonly lease_seconds: number | null;
  readonly content_type: string | null;
  readonly body: Buffer | null;
  readonly received_at: Date;
}

function toMessage(row: MessageRow): HubMessage {
  const common = { sourceId: row.source_id, receivedAt: row.received_at };
  switch (row.kind) {
    case 'confirmed':
      return { ...common, kind: 'confirmed', leaseSeconds: row.lease_seconds ?? 0 };
    case 'denied':
      return { ...common, kind: 'denied' };
    case 'content': {
      const { content_type: contentType, body } = row;
      return { ...common, kind: 'content', contentType, body: body ?? Buffer.alloc(0) };
    }
  }
}

/** What the gateway needs of subscriptions at hubs. */
export class HubCallbackRepository {
  private readonly query: Query;

  constructor(pool: Pool) {
    this.query = queryOf(pool);
  }

  async findByToken(token: string): Promise<KnownSubscription | null> {
    type Row = { source_id: string; topic: string; secret: string };
    const [row] = await this.query<Row>(BY_TOKEN, [token]);
    if (row === undefined) return null;
    return { sourceId: row.source_id, topic: row.topic, secret: row.secret };
  }

  /** An order for the fetcher. */
  async add(message: HubMessage): Promise<void> {
    const { sourceId, kind, receivedAt } = message;
    const leaseSeconds = message.kind === 'confirmed' ? message.leaseSeconds : null;
    const [contentType, body] =
      message.kind === 'content' ? [storable(message.contentType), message.body] : [null, null];
    await this.query(ADD_MESSAGE, [sourceId, kind, leaseSeconds, contentType, body, receivedAt]);
  }
}

/** What the fetcher needs of subscriptions at hubs. */
export class SubscriptionRepository {
  private readonly query: Query;

  constructor(private readonly pool: Pool) {
    this.query = queryOf(pool);
  }

  async due(now: Date, limit: number): Promise<readonly DueSubscription[]> {
    type Row = Omit<DueSubscription, 'sourceId'> & { source_id: string };
    const rows = await this.query<Row>(DUE, [now, limit]);
    return rows.map(({ source_id: sourceId, ...row }) => ({ sourceId, ...row }));
  }

  /** False where another fetcher has requested the same meanwhile. */
  async request(request: SubscriptionRequest, now: Date): Promise<boolean> {
    const { sourceId, token, secret, hub, topic, failures, renewAt } = request;
    const values = [sourceId, token, secret, storable(hub), storable(topic), failures, renewAt];
    return (await this.query(REQUEST, [...values, now])).length === 1;
  }

  async confirm(sourceId: string, leaseUntil: Date, renewAt: Date): Promise<void> {
    await this.query(CONFIRM, [sourceId, leaseUntil, renewAt]);
  }

  async deny(sourceId: string, renewAt: Date): Promise<void> {
    await this.query(DENY, [sourceId, renewAt]);
  }

  /** Where a source is asked; null where nobody follows it any more. */
  async addressOf(sourceId: string): Promise<string | null> {
    const [row] = await this.query<{ url: string }>(ADDRESS, [sourceId]);
    return row?.url ?? null;
  }

  /** Deals with the oldest message that nobody else has in hand; false where there is none. */
  takeMessage(work: (message: HubMessage) => Promise<void>): Promise<boolean> {
    return inTransaction(this.pool, async (query) => {
      const [row] = await query<MessageRow>(LOCK_MESSAGE);
      if (row === undefined) return false;
      await work(toMessage(row));
      await query(REMOVE_MESSAGE, [row.id]);
      return true;
    });
  }
}
