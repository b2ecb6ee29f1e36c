import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OwnKafka, startKafka, waitFor } from '@broadsheet/testing';
import { KafkaHarness } from '../contract/kafka-log.harness.ts';
import type { RecordPlacement } from '../log.port.ts';
import { BrokerUnavailable } from '../messaging.errors.ts';

const OUTAGE_MS = 20_000;
const SEND_DEADLINE_MS = 2_000;

describe('a broker that is away for 20 s', () => {
  let broker: OwnKafka;
  let harness: KafkaHarness;
  beforeAll(async () => {
    broker = await startKafka();
    harness = new KafkaHarness(broker.brokers);
  });
  afterAll(async () => {
    await harness.close();
    await broker.dispose();
  });

  it('costs no acknowledged record, and producer and consumer go on by themselves', async () => {
    const groupId = harness.uniqueGroup();
    const topic = await harness.createTopic(3, groupId);
    const consumed = new Set<string>();
    const fatal: Error[] = [];
    const consumer = await harness.consume({
      groupId,
      topics: [topic],
      onFatal: (error) => fatal.push(error),
      handler: async ({ records }) => {
        for (const { partition, offset } of records) consumed.add(`${partition}/${offset}`);
        return { failures: [] };
      },
    });
    const placed: string[] = [];
    const failures: { readonly error: unknown; readonly tookMs: number }[] = [];
    const note = (places: readonly RecordPlacement[]) =>
      placed.push(...places.map((at) => `${at.partition}/${at.offset}`));

    const send = async (value: string): Promise<void> => {
      const startedAtMs = Date.now();
      const record = { topic, key: value, value, headers: {} };
      try {
        note(await harness.producer.send([record], { deadlineMs: SEND_DEADLINE_MS }));
      } catch (error) {
        failures.push({ error, tookMs: Date.now() - startedAtMs });
      }
    };
    const sending: Promise<void>[] = [];
    let number = 0;
    const clock = setInterval(() => sending.push(send(String((number += 1)))), 100);

    await waitFor(() => consumed.size >= 10, { timeoutMs: 20_000, what: 'the first records' });
    await broker.kill();
    expect(await harness.admin.isReachable(1_000)).toBe(false);
    await delay(OUTAGE_MS);
    await broker.start();
    const isReachable = () => harness.admin.isReachable(1_000);
    await waitFor(isReachable, { timeoutMs: 30_000, what: 'the admin to reach the broker' });
    const placedBefore = placed.length;
    const hasRecovered = () => placed.length >= placedBefore + 20;
    await waitFor(hasRecovered, { timeoutMs: 30_000, what: 'sends to succeed again' });
    clearInterval(clock);
    await Promise.all(sending);
    const hasAll = () => placed.every((place) => consumed.has(place));
    await waitFor(hasAll, { timeoutMs: 60_000, what: 'the consumer to have everything' });

    expect(fatal).toEqual([]);
    expect(failures.length).toBeGreaterThan(100);
    expect(failures.every(({ error }) => error instanceof BrokerUnavailable)).toBe(true);
    expect(Math.max(...failures.map(({ tookMs }) => tookMs))).toBeLessThan(
      SEND_DEADLINE_MS + 1_000,
    );
    expect(consumer.progress().state).toBe('running');
    // Also what was written without anyone knowing is consumed.
    const hasNoLag = async () => (await harness.admin.lag(groupId, [topic])).records === 0;
    await waitFor(hasNoLag, { timeoutMs: 30_000, what: 'the lag to be gone' });
    await consumer.stop();
  }, 180_000);
});
