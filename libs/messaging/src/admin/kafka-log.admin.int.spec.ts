import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testBrokers, uniqueTopic } from '@broadsheet/testing';
import { createKafka } from '../client/kafka-client.ts';
import { KafkaHarness } from '../contract/kafka-log.harness.ts';
import { KafkaLogAdmin } from './kafka-log.admin.ts';

const REPLICATION = { replicationFactor: 1, minInsyncReplicas: 1 };

describe('the admin of a log', () => {
  let harness: KafkaHarness;
  beforeAll(() => {
    harness = new KafkaHarness(testBrokers());
  });
  afterAll(() => harness.close());

  it('creates what is missing, reports what differs, and changes nothing that is there', async () => {
    const name = uniqueTopic();
    const other = uniqueTopic();
    const spec = { name, partitions: 2, config: { 'retention.ms': '3600000' } };
    const first = await harness.admin.ensureTopics([spec], REPLICATION);
    expect(first).toEqual({ created: [name], drift: [] });

    const wider = { name, partitions: 3, config: { 'retention.ms': '7200000' } };
    const missing = { name: other, partitions: 1, config: {} };
    const second = await harness.admin.ensureTopics([wider, missing], REPLICATION);
    expect(second).toEqual({
      created: [other],
      drift: [
        { topic: name, setting: 'partitions', declared: '3', actual: '2' },
        { topic: name, setting: 'retention.ms', declared: '7200000', actual: '3600000' },
      ],
    });
    const third = await harness.admin.ensureTopics([spec, missing], REPLICATION);
    expect(third).toEqual({ created: [], drift: [] });
  });

  it('measures the lag of a group in records, also of one that never committed', async () => {
    const groupId = harness.uniqueGroup();
    const topic = await harness.createTopic(2, groupId);
    const values = ['a', 'b', 'c', 'd'];
    await harness.producer.send(values.map((value) => ({ topic, key: null, value, headers: {} })));
    expect(await harness.admin.lag(groupId, [topic])).toMatchObject({ groupId, records: 4 });
    const consumer = await harness.consume({
      groupId,
      topics: [topic],
      handler: async () => ({ failures: [] }),
    });
    await expect
      .poll(() => harness.admin.lag(groupId, [topic]), { timeout: 20_000 })
      .toMatchObject({ records: 0, seconds: 0 });
    await consumer.stop();
  });

  it('says whether a broker answers, in time', async () => {
    expect(await harness.admin.isReachable(5_000)).toBe(true);
    const settings = { brokers: ['127.0.0.1:1'], ssl: false, clientId: 'x', log: () => undefined };
    const nowhere = new KafkaLogAdmin(createKafka(settings));
    const startedAtMs = Date.now();
    expect(await nowhere.isReachable(300)).toBe(false);
    expect(Date.now() - startedAtMs).toBeLessThan(2_000);
    await nowhere.close();
  });
});
