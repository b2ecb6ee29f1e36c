import type { TrailEvent } from '@broadsheet/contracts';
import type { Pool } from 'pg';

/** Reads trails, oldest step first. */
export class TrailReader {
  constructor(private readonly pool: Pool) {}

  /** Every step about any of the subjects, and about the records those steps name. */
  bySubjects(_subjects: readonly string[]): Promise<readonly TrailEvent[]> {
    return Promise.reject(new Error('not built yet'));
  }

  /** Every step about one record: `topic/partition/offset`. */
  byRecord(_record: string): Promise<readonly TrailEvent[]> {
    return Promise.reject(new Error(`not built yet ${String(this.pool.totalCount)}`));
  }
}
