import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deadLetterTopic } from '@broadsheet/contracts';
import { testBrokers, waitFor } from '@broadsheet/testing';
import { KafkaHarness } from '../contract/kafka-log.harness.ts';
import type { BatchHandler, ConsumedRecord } from '../log.port.ts';

const CHUNK_RECORDS = 10;
/** How many chunks one member has in hand at most. */
const PARTITIONS_AT_ONCE = 4;

function keyed(topic: string, count: number) {
  return Array.from({ length: count }, (_, index) => ({
    topic,
    key: `key-${index % 20}`,
    value: String(index),
    headers: {},
  }));
}

function isInOrder(records: readonly ConsumedRecord[]): boolean {
  const last = new Map<string, number>();
  return records.every(({ key, value }) => {
    const number = Number(value?.toString());
    const previous = last.get(String(key)) ?? -1;
    last.set(String(key), Math.max(number, previous));
    return number > previous;
  });
}

/** Each record at its first delivery. */
function distinct(records: readonly ConsumedRecord[]): readonly ConsumedRecord[] {
  return [...new Map(records.map((at) => [`${at.partition}/${at.offset}`, at])).values()];
}

describe('a consumer group', () => {
  let harness: KafkaHarness;
  beforeAll(() => {
    harness = new KafkaHarness(testBrokers());
  });
  afterAll(() => harness.close());

  it('shares the work with a member that joins while chunks run, in order of keys', async () => {
    const groupId = harness.uniqueGroup();
    const topic = await harness.createTopic(6, groupId);
    await harness.producer.send(keyed(topic, 600));
    const records: ConsumedRecord[] = [];
    const byMember = [0, 0];
    const memberHandler =
      (member: number): BatchHandler =>
      async (batch) => {
        await delay(300);
        records.push(...batch.records);
        byMember[member] = (byMember[member] ?? 0) + batch.records.length;
        return { failures: [] };
      };
    let rebalances = 0;
    const observer = { onRebalanced: () => (rebalances += 1) };
    const options = { groupId, topics: [topic], chunk: { maxRecords: CHUNK_RECORDS }, observer };
    const first = await harness.consume({ ...options, handler: memberHandler(0) });
    await waitFor(() => records.length > 0, { timeoutMs: 20_000 });
    const second = await harness.consume({ ...options, handler: memberHandler(1) });
    const isComplete = () => distinct(records).length === 600;
    await waitFor(isComplete, { timeoutMs: 50_000, what: 'all records' });
    await Promise.all([first.stop(), second.stop()]);

    expect(rebalances).toBeGreaterThan(0);
    expect(Math.min(...byMember)).toBeGreaterThan(0);
    expect(records.length - 600).toBeLessThanOrEqual(PARTITIONS_AT_ONCE * CHUNK_RECORDS);
    expect(isInOrder(distinct(records))).toBe(true);
    expect(await harness.readAll(deadLetterTopic(topic, groupId))).toHaveLength(0);
  });

  it('works with several members in one process, and frees what they are done with', async () => {
    const groupId = harness.uniqueGroup();
    const topic = await harness.createTopic(6, groupId);
    const text = 'An article about a river. '.repeat(10_000);
    const sent = keyed(topic, 60).map((record) => ({
      ...record,
      value: `${record.value} ${text}`,
    }));
    await harness.producer.send(sent);
    const read: string[] = [];
    const kept: Buffer[] = [];
    const consumer = await harness.consume({
      groupId,
      topics: [topic],
      members: 2,
      freesRecords: true,
      handler: async ({ records }) => {
        for (const { value } of records) {
          read.push(String(value));
          if (value !== null) kept.push(value);
        }
        return { failures: [] };
      },
    });
    const isDone = async () => (await harness.admin.lag(groupId, [topic])).records === 0;
    await waitFor(isDone, { timeoutMs: 20_000, what: 'the commits' });
    expect(consumer.progress().partitions).toHaveLength(6);
    await consumer.stop();
    expect(consumer.progress().state).toBe('stopped');
    expect(read.toSorted()).toEqual(sent.map(({ value }) => value).toSorted());
    // Not each: what a rebalance interrupts is left to the collector.
    expect(kept.some(({ length }) => length === 0)).toBe(true);
  });

  it('loses nothing when it stops under load, and repeats at most a chunk per partition', async () => {
    const groupId = harness.uniqueGroup();
    const topic = await harness.createTopic(4, groupId);
    const records: ConsumedRecord[] = [];
    const handler: BatchHandler = async (batch) => {
      await delay(20);
      records.push(...batch.records);
      return { failures: [] };
    };
    const options = { groupId, topics: [topic], chunk: { maxRecords: CHUNK_RECORDS }, handler };
    const first = await harness.consume(options);
    const sending = Promise.all(
      Array.from({ length: 20 }, () => harness.producer.send(keyed(topic, 100))),
    );
    await waitFor(() => records.length > 200, { timeoutMs: 20_000 });
    const startedAtMs = Date.now();
    await first.stop();
    const stopMs = Date.now() - startedAtMs;
    const before = records.length;
    await sending;
    const second = await harness.consume(options);
    const isComplete = () => distinct(records).length === 2_000;
    await waitFor(isComplete, { timeoutMs: 50_000, what: 'all records' });
    await second.stop();

    expect(before).toBeLessThan(2_000);
    expect(stopMs).toBeLessThan(5_000);
    expect(records.length - 2_000).toBeLessThanOrEqual(PARTITIONS_AT_ONCE * CHUNK_RECORDS);
  });
});
