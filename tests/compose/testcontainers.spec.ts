import { createPool, migrate } from '@broadsheet/persistence';
import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNoDocker } from './docker.ts';

const reason = whyNoDocker();
if (reason !== null) console.warn(`SKIPPED Testcontainers: ${reason}`);

describe.skipIf(reason !== null)('the image postgres:17', () => {
  let container: StartedTestContainer;
  let url: string;

  beforeAll(async () => {
    // The container is stopped below; the reaper would be one more image to pull.
    process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
    container = await new GenericContainer('postgres:17')
      .withEnvironment({ POSTGRES_USER: 'broadsheet', POSTGRES_PASSWORD: 'for-this-test' })
      .withExposedPorts(5432)
      .withWaitStrategy(Wait.forLogMessage('database system is ready to accept connections', 2))
      .start();
    const address = `${container.getHost()}:${container.getMappedPort(5432)}`;
    url = `postgres://broadsheet:for-this-test@${address}/broadsheet`;
  });

  afterAll(async () => {
    await container.stop();
  });

  it('takes the migrations, and a second run changes nothing', async () => {
    expect(await migrate(url)).not.toHaveLength(0);
    expect(await migrate(url)).toHaveLength(0);
  });

  it('has everything that search needs', async () => {
    const settings = { url, applicationName: 'test', maxConnections: 1, statementTimeoutMs: 5_000 };
    const pool = createPool(settings, () => undefined);
    try {
      const { rows } = await pool.query<{ found: boolean }>(
        `SELECT to_tsvector('english', '“Lanterns” were lit') @@ websearch_to_tsquery('english', 'lantern') AS found`,
      );
      expect(rows).toEqual([{ found: true }]);
    } finally {
      await pool.end();
    }
  });
});
