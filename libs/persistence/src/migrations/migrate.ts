import type { DataSource } from 'typeorm';

const MIGRATION_LOCK = 7_310_001;

/**
 * Brings the schema up to date and returns the names of the migrations that ran. Two runs at once wait
 * for each other.
 */
export async function migrate(url: string): Promise<readonly string[]> {
  // Services never migrate: they need not hold TypeORM in memory.
  const { createDataSource } = await import('../database/data-source.ts');
  const dataSource = await createDataSource(url).initialize();
  try {
    return await withMigrationLock(dataSource, async () => {
      const applied = await dataSource.runMigrations();
      return applied.map((migration) => migration.name);
    });
  } finally {
    await dataSource.destroy();
  }
}

async function withMigrationLock<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work();
  } finally {
    await runner.query('SELECT pg_advisory_unlock_all()');
    await runner.release();
  }
}
