import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testBrokers } from '@broadsheet/testing';
import { KafkaHarness } from '../contract/kafka-log.harness.ts';
import { BrokerUnavailable } from '../messaging.errors.ts';

describe('the producer', () => {
  let harness: KafkaHarness;
  beforeAll(() => {
    harness = new KafkaHarness(testBrokers());
  });
  afterAll(() => harness.close());

  it('lets a topic that does not exist hold up nothing but its own records', async () => {
    const topic = await harness.createTopic(1, harness.uniqueGroup());
    const missing = `missing.${randomUUID()}`;
    const { producer } = harness;
    const record = { key: null, value: 'text', headers: {} };
    const failing = producer.send([{ ...record, topic: missing }], { deadlineMs: 12_000 });
    const outcome = failing.catch((error: unknown) => error);
    const good = await Promise.all(
      Array.from({ length: 5 }, () => producer.send([{ ...record, topic }], { deadlineMs: 8_000 })),
    );
    expect(good.flat().map(({ offset }) => offset)).toEqual([0n, 1n, 2n, 3n, 4n]);
    expect(await outcome).toBeInstanceOf(BrokerUnavailable);
  });

  it('sends what waited for a topic once that is created', async () => {
    const name = `late.${randomUUID()}`;
    const waiting = harness.producer.send(
      [{ topic: name, key: null, value: 'text', headers: {} }],
      {
        deadlineMs: 30_000,
      },
    );
    const specs = [{ name, partitions: 1, config: {} }];
    await harness.admin.ensureTopics(specs, { replicationFactor: 1, minInsyncReplicas: 1 });
    expect(await waiting).toEqual([{ topic: name, partition: 0, offset: 0n }]);
  });

  it('writes each record once, also to partitions that are only just led by someone', async () => {
    for (let round = 0; round < 8; round += 1) {
      const topic = await harness.createTopic(48, harness.uniqueGroup());
      const records = Array.from({ length: 960 }, (_, index) => ({
        topic,
        key: `key-${index}`,
        value: String(index),
        headers: {},
      }));
      await harness.producer.send(records);
      expect(await harness.readAll(topic)).toHaveLength(records.length);
    }
  });
});
