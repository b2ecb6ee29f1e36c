import { createPool, migrate, type Pool } from '@broadsheet/persistence';
import { ServerUnreachable } from './migrate.errors.ts';
import type { MigrateSettings } from './migrate.settings.ts';
import { type Waiting, waitUntil } from './wait-until.ts';

/** Waits for the database and brings its schema up to date; gives the names of the migrations that ran. */
export async function prepareTables(
  { DATABASE_URL: url }: MigrateSettings,
  waiting: Waiting,
): Promise<readonly string[]> {
  const settings = {
    url,
    applicationName: 'migrate',
    maxConnections: 1,
    statementTimeoutMs: 5_000,
  };
  const pool = createPool(settings, () => undefined);
  try {
    let reason = '';
    const ask = async (): Promise<boolean> => {
      reason = (await whyUnreachable(pool)) ?? '';
      return reason === '';
    };
    if (!(await waitUntil(ask, waiting))) {
      throw new ServerUnreachable(
        `The database does not answer (${reason}): start Postgres, or correct DATABASE_URL.`,
      );
    }
  } finally {
    await pool.end();
  }
  return migrate(url);
}

async function whyUnreachable(pool: Pool): Promise<string | null> {
  try {
    await pool.query('SELECT 1');
    return null;
  } catch (error) {
    if (error instanceof AggregateError) return String(error.errors[0]);
    return error instanceof Error ? error.message : String(error);
  }
}
