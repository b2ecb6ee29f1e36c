import { CONSUMER_GROUP, TOPIC } from '@broadsheet/contracts';
import {
  GatewayClient,
  openRawTopic,
  type RawTopic,
  type RunningSystem,
  startSystem,
  waitFor,
  withoutStory,
} from '@broadsheet/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, wireArticles } from './wire.ts';

const ARTICLES = 500;
const SAMPLES = [0, 123, 499];
let system: RunningSystem;
let gateway: GatewayClient;
let raw: RawTopic;

beforeAll(async () => {
  system = await startSystem();
  gateway = new GatewayClient(system.gatewayUrl);
  raw = await openRawTopic(system.brokers);
});
afterAll(async () => {
  await raw.close();
  await system.dispose();
});

const samples = () =>
  Promise.all(
    SAMPLES.map(async (n) => {
      const found = await gateway.search({ url: addressOf('repeated', n) });
      return found.map(withoutStory);
    }),
  );
const stepsOf = async (n: number) =>
  (await gateway.trailOfUrl(addressOf('repeated', n))).map(({ step }) => step);

async function isDone(groupId: string, topic: string): Promise<boolean> {
  return (await raw.recordsBehind(groupId, topic)) === 0;
}

describe('a whole topic is delivered again', () => {
  it.each([
    [CONSUMER_GROUP.parser, TOPIC.raw],
    [CONSUMER_GROUP.indexer, TOPIC.parsed],
  ])('to %s: nothing changes', async (groupId, topic) => {
    await raw.pushAll(wireArticles('repeated', ARTICLES));
    await waitFor(async () => (await gateway.count({ title: 'repeated' })) === ARTICLES, {
      timeoutMs: 60_000,
      what: 'all articles',
    });
    await waitFor(
      async () => (await gateway.search({ url: addressOf('repeated', 0) })).length === 1,
      {
        timeoutMs: 10_000,
      },
    );
    await untilCaughtUp();
    const before = await samples();
    const steps = await Promise.all(SAMPLES.map(stepsOf));

    await Promise.all([system.services.parser.stop(), system.services.indexer.stop()]);
    await raw.rewind(groupId, topic);
    expect(await raw.recordsBehind(groupId, topic)).toBeGreaterThanOrEqual(ARTICLES);
    await Promise.all([system.services.parser.start(), system.services.indexer.start()]);
    await untilCaughtUp();

    expect(await samples()).toEqual(before);
    expect(await Promise.all(SAMPLES.map(stepsOf))).toEqual(steps);
    expect(await gateway.count({ title: 'repeated' })).toBe(ARTICLES);
    expect(await raw.deadLetterCount()).toBe(0);
  });
});

/** In the order of the flow: what the parser publishes before it commits, the indexer is behind by. */
async function untilCaughtUp(): Promise<void> {
  for (const [groupId, topic] of [
    [CONSUMER_GROUP.parser, TOPIC.raw],
    [CONSUMER_GROUP.indexer, TOPIC.parsed],
    [CONSUMER_GROUP.indexerTrail, TOPIC.trail],
  ] as const) {
    await waitFor(() => isDone(groupId, topic), {
      timeoutMs: 60_000,
      what: `${groupId} to catch up`,
    });
  }
}
