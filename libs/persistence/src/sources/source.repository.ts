import type { Pool } from 'pg';
import { queryOf, type Query } from '../database/session.ts';
import { storable } from '../database/storable-values.ts';
import { readRhythm, type RhythmColumns } from './fetch-turn-row.ts';
import { ITEMS_PER_DAY } from './recent-items.sql.ts';
import type { NewSource, Source, SourceChange, SourceError, SourcePosition } from './source.ts';

interface SourceRow extends RhythmColumns {
  readonly id: string;
  readonly url: string;
  readonly name: string | null;
  readonly folder: string | null;
  readonly selector: string | null;
  readonly enabled: boolean;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly last_polled_at: Date | null;
  readonly last_success_at: Date | null;
  readonly last_error_code: string | null;
  readonly last_error_detail: string | null;
  readonly last_error_at: Date | null;
  readonly next_poll_at: Date | null;
  readonly next_poll_reason: string | null;
  readonly asked_whole_because: string | null;
  readonly items_seen: string | null;
  readonly feed_url: string | null;
  readonly consecutive_failures: number | null;
  readonly interval_ms: number | null;
  readonly items_per_day: number | null;
}

const SELECT_SOURCE = `
  SELECT s.id, s.url, s.name, s.folder, s.selector, s.enabled, s.created_at, s.updated_at,
         t.last_polled_at, t.last_success_at, t.last_error_code, t.last_error_detail, t.last_error_at,
         t.next_poll_at, t.next_poll_reason, t.asked_whole_because, t.items_seen, t.feed_url, t.consecutive_failures,
         t.interval_ms, t.last_item_at, t.item_gap_ms, t.item_gaps, ${ITEMS_PER_DAY} AS items_per_day
    FROM source s LEFT JOIN source_state t ON t.source_id = s.id`;

const INSERT = `
  INSERT INTO source (id, url, host, name, folder, selector, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
  ON CONFLICT (url) DO NOTHING RETURNING id`;

const LIST = `${SELECT_SOURCE}
   WHERE $1::timestamptz IS NULL OR (s.created_at, s.id) > ($1::timestamptz, $2::uuid)
   ORDER BY s.created_at, s.id LIMIT $3`;

/** A changed revision is how the fetcher learns that there is something to take up. */
const UPDATE = `
  UPDATE source
     SET name = CASE WHEN $2 THEN $3 ELSE name END, enabled = coalesce($4, enabled),
         folder = CASE WHEN $6 THEN $7 ELSE folder END,
         selector = CASE WHEN $8 THEN $9 ELSE selector END, revision = revision + 1, updated_at = $5
   WHERE id = $1 RETURNING id`;

function lastErrorOf(row: SourceRow): SourceError | null {
  if (row.last_error_code === null || row.last_error_at === null) return null;
  return { code: row.last_error_code, detail: row.last_error_detail ?? '', at: row.last_error_at };
}

function toSource(row: SourceRow): Source {
  return {
    id: row.id,
    url: row.url,
    name: row.name,
    folder: row.folder,
    selector: row.selector,
    enabled: row.enabled,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    health: {
      lastPolledAt: row.last_polled_at,
      lastSuccessAt: row.last_success_at,
      lastError: lastErrorOf(row),
      nextPollAt: row.next_poll_at,
      nextPollReason: row.next_poll_reason,
      askedWholeBecause: row.asked_whole_because,
      itemsSeen: Number(row.items_seen ?? 0),
      itemsPerDay: row.items_per_day,
      feedUrl: row.feed_url,
      consecutiveFailures: row.consecutive_failures ?? 0,
      intervalMs: row.interval_ms,
      rhythm: readRhythm(row),
    },
  };
}

/** The sources as people manage them. Only the gateway writes here. */
export class SourceRepository {
  private readonly query: Query;

  constructor(pool: Pool) {
    this.query = queryOf(pool);
  }

  /** False where a source with this address exists. */
  async add(source: NewSource): Promise<boolean> {
    const host = new URL(source.url).host;
    const { id, url, name, folder = null, selector = null, createdAt } = source;
    const texts = [storable(name), storable(folder), storable(selector)];
    const values = [id, url, host, ...texts, createdAt];
    return (await this.query(INSERT, values)).length === 1;
  }

  async findById(id: string): Promise<Source | null> {
    const [row] = await this.query<SourceRow>(`${SELECT_SOURCE} WHERE s.id = $1`, [id]);
    return row === undefined ? null : toSource(row);
  }

  /** By the address as it was added. */
  async findByUrl(url: string): Promise<Source | null> {
    const [row] = await this.query<SourceRow>(`${SELECT_SOURCE} WHERE s.url = $1`, [url]);
    return row === undefined ? null : toSource(row);
  }

  async list(limit: number, after: SourcePosition | null): Promise<readonly Source[]> {
    const values = [after?.createdAt ?? null, after?.id ?? null, limit];
    return (await this.query<SourceRow>(LIST, values)).map(toSource);
  }

  /** False where there is no such source. */
  async update(id: string, change: SourceChange): Promise<boolean> {
    const { name, folder, selector, enabled, at } = change;
    const naming = [id, name !== undefined, storable(name ?? null), enabled ?? null, at];
    const filing = [folder !== undefined, storable(folder ?? null)];
    const values = [...naming, ...filing, selector !== undefined, storable(selector ?? null)];
    return (await this.query(UPDATE, values)).length === 1;
  }

  /** False where there was no such source. Its pages that are still waiting are dropped when due. */
  async delete(id: string): Promise<boolean> {
    return (await this.query('DELETE FROM source WHERE id = $1 RETURNING id', [id])).length === 1;
  }
}
