import type { TrailEvent } from '@broadsheet/contracts';
import type { Pool } from 'pg';
import { columnNames } from '../database/bulk-statement.ts';
import { type Query, queryOf } from '../database/session.ts';
import { TRAIL_COLUMNS } from './trail-statements.ts';

const MAX_STEPS = 1_000;

const STEPS = `SELECT ${columnNames(TRAIL_COLUMNS)} FROM trail`;
const NEWEST_FIRST = `ORDER BY at DESC, id LIMIT ${String(MAX_STEPS)}`;

const BY_SUBJECTS = `
SELECT * FROM (
  ${STEPS} WHERE subject = ANY ($1::uuid[])
  UNION
  ${STEPS} WHERE record IN (SELECT record FROM trail WHERE subject = ANY ($1::uuid[]) AND record IS NOT NULL)
) AS step ${NEWEST_FIRST}`;

const BY_RECORD = `${STEPS} WHERE record = $1 ${NEWEST_FIRST}`;

type TrailColumns = Omit<TrailEvent, 'at' | 'articleId'> & {
  readonly at: Date;
  readonly article_id: string | null;
};

/** Reads trails, oldest step first; of a very long one, the newest 1,000 steps. */
export class TrailReader {
  private readonly query: Query;

  constructor(pool: Pool) {
    this.query = queryOf(pool);
  }

  /** Every step about any of the subjects, and about the records those steps name. */
  async bySubjects(subjects: readonly string[]): Promise<readonly TrailEvent[]> {
    return stepsOf(await this.query<TrailColumns>(BY_SUBJECTS, [subjects]));
  }

  /** Every step about one record: `topic/partition/offset`. */
  async byRecord(record: string): Promise<readonly TrailEvent[]> {
    return stepsOf(await this.query<TrailColumns>(BY_RECORD, [record]));
  }
}

function stepsOf(rows: readonly TrailColumns[]): TrailEvent[] {
  return rows
    .map(({ at, article_id: articleId, ...step }) => ({ ...step, at: at.toISOString(), articleId }))
    .reverse();
}
