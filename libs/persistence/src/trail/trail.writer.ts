import type { TrailEvent } from '@broadsheet/contracts';
import type { Pool } from 'pg';
import { bulkParameters } from '../database/bulk-statement.ts';
import { withConflictRetries } from '../database/conflict-retries.ts';
import { isolateRefused } from '../database/isolate-refused.ts';
import { type Query, queryOf } from '../database/session.ts';
import type { DataRefused } from '../persistence.errors.ts';
import { INSERT_TRAIL, TRAIL_COLUMNS } from './trail-statements.ts';

/** Writes trails. A step that is there already stays as it is. */
export class TrailWriter {
  private readonly query: Query;

  constructor(pool: Pool) {
    this.query = queryOf(pool);
  }

  /** One result per event, in order: null where it was written, else why its data was refused. */
  insert(events: readonly TrailEvent[]): Promise<readonly (DataRefused | null)[]> {
    return isolateRefused<TrailEvent, DataRefused | null>(
      events,
      async (part) => {
        const sorted = [...part].sort((a, b) => (a.id < b.id ? -1 : 1));
        await withConflictRetries(() =>
          this.query(INSERT_TRAIL, bulkParameters(TRAIL_COLUMNS, sorted)),
        );
        return part.map(() => null);
      },
      (error) => error,
    );
  }
}
