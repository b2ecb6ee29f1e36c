import { createPool } from '@broadsheet/persistence';
import { afterEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

const databases: TestDatabase[] = [];

afterEach(async () => {
  await Promise.all(databases.splice(0).map((database) => database.drop()));
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const settings = { url, applicationName: 'test', maxConnections: 1, statementTimeoutMs: 5_000 };
  const pool = createPool(settings, () => undefined);
  try {
    const { rows } = await pool.query(sql);
    return rows as unknown[];
  } finally {
    await pool.end();
  }
}

it('gives every test a database that no other test sees', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  databases.push(one, other);
  await query(one.url, 'CREATE TABLE mine (id int)');
  const [row] = await query(other.url, `SELECT to_regclass('mine') AS mine`);
  expect(row).toEqual({ mine: null });
});
