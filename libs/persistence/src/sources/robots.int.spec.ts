import { createTestDatabase, type TestDatabase } from '@broadsheet/testing';
import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RobotsRepository, type StoredRobots } from './robots.repository.ts';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.openPool();
});

afterAll(() => database.drop());

it('keeps the last answer of each origin', async () => {
  const robots = new RobotsRepository(pool);
  const expiresAt = new Date(Date.UTC(2026, 0, 16));
  const file: StoredRobots = {
    verdict: 'rules',
    rules: 'User-agent: *\n',
    expiresAt,
    unreachableSince: null,
  };
  const gone: StoredRobots = {
    verdict: 'disallow-all',
    rules: '',
    expiresAt,
    unreachableSince: expiresAt,
  };
  await robots.save('https://a.example', { ...file, rules: 'with\u0000NUL' });
  await robots.save('https://a.example', file);
  await robots.save('http://a.example', gone);
  expect(await robots.find('https://a.example')).toEqual(file);
  expect(await robots.find('http://a.example')).toEqual(gone);
  expect(await robots.find('https://b.example')).toBeNull();
});
