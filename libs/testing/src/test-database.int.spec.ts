import { afterEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

const databases: TestDatabase[] = [];

afterEach(async () => {
  await Promise.all(databases.splice(0).map((database) => database.drop()));
});

it('gives every test a database that no other test sees', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  databases.push(one, other);
  await one.openPool().query('CREATE TABLE mine (id int)');
  const { rows } = await other.openPool().query(`SELECT to_regclass('mine') AS mine`);
  expect(rows).toEqual([{ mine: null }]);
});
