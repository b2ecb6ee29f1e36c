import { createPool, migrate, type DatabaseSettings, type Pool } from '@broadsheet/persistence';
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import './provided-servers.ts';

export interface TestDatabase {
  readonly url: string;
  /** Connections for the test itself; they end with the database. */
  openPool(options?: TestPoolOptions): Pool;
  drop(): Promise<void>;
}

type TestPoolOptions = Partial<Omit<DatabaseSettings, 'url'>>;

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
  const { href: url } = Object.assign(new URL(adminUrl), { pathname: name });
  const pools: Pool[] = [];
  return {
    url,
    openPool: (options) => {
      const pool = openPool(url, options);
      pools.push(pool);
      return pool;
    },
    drop: async () => {
      await Promise.all(pools.map((pool) => pool.end()));
      await dropDatabase(adminUrl, name);
    },
  };
}

function openPool(url: string, options: TestPoolOptions = {}): Pool {
  const settings = { applicationName: 'test', maxConnections: 8, statementTimeoutMs: 20_000 };
  return createPool({ ...settings, ...options, url }, () => undefined);
}

async function execute(url: string, sql: string): Promise<void> {
  const pool = openPool(url, { maxConnections: 1, statementTimeoutMs: 60_000 });
  try {
    await pool.query(sql);
  } finally {
    await pool.end();
  }
}
