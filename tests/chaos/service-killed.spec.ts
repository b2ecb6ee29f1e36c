import {
  GatewayClient,
  openRawTopic,
  type RunningSystem,
  startSystem,
  waitFor,
} from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, wireArticles } from './wire.ts';

const ARTICLES = 5_000;
const KILLS = 3;
let system: RunningSystem;
let gateway: GatewayClient;

beforeAll(async () => {
  system = await startSystem();
  gateway = new GatewayClient(system.gatewayUrl);
});
afterAll(() => system.dispose());

const countOf = (run: string) => gateway.count({ title: run });

describe('parser and indexer are killed three times amid 5,000 articles', () => {
  it('every article is there once', async () => {
    const raw = await openRawTopic(system.brokers);
    const pushed = raw.pushAll(wireArticles('killed', ARTICLES));
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const enough = (ARTICLES / (KILLS + 2)) * kill;
      await waitFor(async () => (await countOf('killed')) >= enough, {
        timeoutMs: 60_000,
        what: `${enough} articles before kill ${kill}`,
      });
      await Promise.all([system.services.parser.kill(), system.services.indexer.kill()]);
      system.services.parser.launch();
      system.services.indexer.launch();
    }
    await pushed;
    await raw.close();
    await waitFor(async () => (await countOf('killed')) >= ARTICLES, {
      timeoutMs: 120_000,
      what: 'all articles',
      pollMs: 250,
    });
    expect(await countOf('killed')).toBe(ARTICLES);
    for (let n = 0; n < ARTICLES; n += 97) {
      expect(
        await gateway.search({ url: addressOf('killed', n), fields: 'id,revision' }),
      ).toMatchObject([{ revision: 1 }]);
    }
  });
});

describe('a service that is asked to stop', () => {
  it('finishes what it has in hand and ends with code 0, and nothing is lost', async () => {
    const raw = await openRawTopic(system.brokers);
    await raw.pushAll(wireArticles('stopped', 1_000));
    await raw.close();
    const codes = await Promise.all([
      system.services.parser.stop(),
      system.services.indexer.stop(),
    ]);
    expect(codes).toEqual([0, 0]);
    await Promise.all([system.services.parser.start(), system.services.indexer.start()]);
    await waitFor(async () => (await countOf('stopped')) === 1_000, {
      timeoutMs: 60_000,
      what: 'all articles',
    });
  });
});
