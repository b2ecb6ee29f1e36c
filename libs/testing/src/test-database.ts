import { createPool, migrate } from '@broadsheet/persistence';
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import './provided-servers.ts';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A database of one's own with the current schema and no rows. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(inject('postgresUrl'), inject('templateDatabase'));
}

/** A database of one's own with nothing in it, for tests of the migrations themselves. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase(inject('postgresUrl'), 'template0');
}

/** Migrated once per run; every test database is a copy, which takes tens of milliseconds. */
export async function createTemplateDatabase(adminUrl: string): Promise<string> {
  const { url } = await createDatabase(adminUrl, 'template0');
  await migrate(url);
  return new URL(url).pathname.slice(1);
}

export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await execute(adminUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
}

async function createDatabase(adminUrl: string, template: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(adminUrl, `CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  const url = new URL(adminUrl);
  url.pathname = name;
  return { url: url.href, drop: () => dropDatabase(adminUrl, name) };
}

async function execute(url: string, sql: string): Promise<void> {
  const settings = { url, applicationName: 'test', maxConnections: 1, statementTimeoutMs: 60_000 };
  const pool = createPool(settings, () => undefined);
  try {
    await pool.query(sql);
  } finally {
    await pool.end();
  }
}
