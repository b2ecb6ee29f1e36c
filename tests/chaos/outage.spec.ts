import { setTimeout as delay } from 'node:timers/promises';
import {
  GatewayClient,
  openRawTopic,
  type RunningSystem,
  startSystem,
  waitFor,
} from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, textOf, wireArticles } from './wire.ts';

const OUTAGE_MS = 20_000;
let system: RunningSystem;
let gateway: GatewayClient;

beforeAll(async () => {
  system = await startSystem();
  gateway = new GatewayClient(system.gatewayUrl);
});
afterAll(() => system.dispose());

describe('Postgres is stopped for 20 s while 1,000 articles are pushed', () => {
  it('all are searchable afterwards and none is a dead letter', async () => {
    const raw = await openRawTopic(system.brokers);
    await raw.pushAll(wireArticles('database', 200));
    await system.postgres.stop();
    await raw.pushAll(wireArticles('database', 1_000).slice(200));
    await delay(OUTAGE_MS);
    await system.postgres.start();
    await waitFor(async () => (await gateway.count({ title: 'database' })) === 1_000, {
      timeoutMs: 90_000,
      what: 'all articles',
      pollMs: 250,
    });
    expect(await raw.deadLetterCount()).toBe(0);
    await raw.close();
  });
});

describe('the broker is stopped for 20 s during pushes over HTTP', () => {
  it('answers 503 with Retry-After, loses no 202, and recovers by itself', async () => {
    const accepted: number[] = [];
    const refused: Response[] = [];
    let isPushing = true;
    let serial = 0;
    const push = async (): Promise<void> => {
      while (isPushing) {
        const n = serial++;
        const answer = await gateway.push(
          textOf('broker', n),
          'text/plain',
          addressOf('broker', n),
        );
        if (answer.status === 202) accepted.push(n);
        else refused.push(answer);
        await delay(50);
      }
    };
    const pushers = Array.from({ length: 4 }, push);
    await waitFor(() => accepted.length > 20, { timeoutMs: 30_000, what: 'the first pushes' });
    await system.kafka.stop();
    await delay(OUTAGE_MS);
    const acceptedBefore = accepted.length;
    await system.kafka.start();
    await waitFor(() => accepted.length > acceptedBefore + 20, {
      timeoutMs: 60_000,
      what: 'pushes after the outage',
    });
    isPushing = false;
    await Promise.all(pushers);

    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    for (const n of accepted) {
      await gateway.findOne({ url: addressOf('broker', n), fields: 'id,title' }, 60_000);
    }
  });
});
