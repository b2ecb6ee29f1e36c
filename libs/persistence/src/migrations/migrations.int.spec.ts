import { createEmptyDatabase } from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../database/data-source.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations.ts';

describe('the migrations', () => {
  let url: string;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ url, drop } = await createEmptyDatabase());
  });
  afterAll(() => drop());

  it('go up, down to nothing, and up again', async () => {
    await migrate(url);
    const dataSource = await createDataSource(url).initialize();
    try {
      for (const _ of MIGRATIONS) await dataSource.undoLastMigration();
      const left: unknown = await dataSource.query(
        `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
      );
      expect(left).toEqual([{ table_name: 'schema_migration' }]);
    } finally {
      await dataSource.destroy();
    }
    expect(await migrate(url)).toHaveLength(MIGRATIONS.length);
  });

  it('run once when two start at the same time', async () => {
    const database = await createEmptyDatabase();
    const applied = await Promise.all([migrate(database.url), migrate(database.url)]);
    expect(applied.map((names) => names.length).sort()).toEqual([0, MIGRATIONS.length]);
    await database.drop();
  });
});

describe('the entities', () => {
  it('say what the migrations made', async () => {
    const { url, drop } = await createEmptyDatabase();
    await migrate(url);
    const dataSource = await createDataSource(url).initialize();
    try {
      const drift = await dataSource.driver.createSchemaBuilder().log();
      expect(drift.upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await dataSource.destroy();
      await drop();
    }
  });
});
