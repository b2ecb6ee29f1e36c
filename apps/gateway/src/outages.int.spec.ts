import { TOPICS } from '@broadsheet/contracts';
import { createKafka, KafkaLogAdmin } from '@broadsheet/messaging';
import {
  type OwnKafka,
  type OwnPostgres,
  startKafka,
  startPostgres,
  waitFor,
} from '@broadsheet/testing';
import { migrate } from '@broadsheet/persistence';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRealGateway } from './testing/real-gateway.ts';

const headers = { host: 'localhost:8080' };

let kafka: OwnKafka;
let postgres: OwnPostgres;
let app: NestFastifyApplication;

beforeAll(async () => {
  [kafka, postgres] = await Promise.all([startKafka(), startPostgres()]);
  await migrate(postgres.url);
  const log = () => undefined;
  const client = createKafka({ brokers: [kafka.brokers], ssl: false, clientId: 'test', log });
  const admin = new KafkaLogAdmin(client);
  await admin.ensureTopics(TOPICS, { replicationFactor: 1, minInsyncReplicas: 1 });
  await admin.close();
  app = await startRealGateway({ brokers: kafka.brokers, databaseUrl: postgres.url });
});

afterAll(async () => {
  await app.close();
  await Promise.all([kafka.dispose(), postgres.dispose()]);
});

function push() {
  return app.inject({
    method: 'POST',
    url: '/api/v1/articles',
    headers: { ...headers, 'content-type': 'text/plain' },
    payload: 'The bridge is open.\n\nTraffic flows again.',
  });
}

async function readiness(): Promise<{ status: string; checks: Record<string, { ok: boolean }> }> {
  return (await app.inject({ url: '/health/ready', headers })).json();
}

describe('a broker that goes away', () => {
  it('makes pushes fail with 503 within seconds, and work again once it is back', async () => {
    expect((await push()).statusCode).toBe(202);
    await kafka.stop();
    const startedAt = performance.now();
    const refused = await push();
    expect(performance.now() - startedAt).toBeLessThan(8_000);
    expect([refused.statusCode, refused.json()]).toMatchObject([
      503,
      { code: 'BROKER_UNAVAILABLE' },
    ]);
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);
    expect((await readiness()).checks['kafka']).toMatchObject({ ok: false });
    await kafka.start();
    await waitFor(async () => (await push()).statusCode === 202, { timeoutMs: 40_000 });
    expect(await readiness()).toMatchObject({ status: 'ok' });
  });
});

describe('a database that goes away', () => {
  it('makes searches fail with 503, pushes go on, and all is well once it is back', async () => {
    await postgres.stop();
    const refused = await app.inject({ url: '/api/v1/articles', headers });
    expect([refused.statusCode, refused.json()]).toMatchObject([
      503,
      { code: 'DATABASE_UNAVAILABLE' },
    ]);
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);
    expect(refused.body).not.toMatch(/ECONN|terminat|socket/i);
    expect((await push()).statusCode).toBe(202);
    expect((await readiness()).checks['postgres']).toMatchObject({ ok: false });
    expect((await app.inject({ url: '/health/live', headers })).statusCode).toBe(200);
    await postgres.start();
    const search = () => app.inject({ url: '/api/v1/articles', headers });
    await waitFor(async () => (await search()).statusCode === 200, { timeoutMs: 20_000 });
  });
});
