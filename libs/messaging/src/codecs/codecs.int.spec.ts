import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { compressFrame } from 'lz4-napi';
import { compress as compressSnappy } from 'snappy';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deadLetterTopic } from '@broadsheet/contracts';
import { testBrokers, waitFor } from '@broadsheet/testing';
import { KafkaHarness } from '../contract/kafka-log.harness.ts';
import type { ConsumedRecord } from '../log.port.ts';
import { frameXerial } from '../contract/xerial.builder.ts';

const { CompressionCodecs, CompressionTypes } = kafkajs;
const MIB = 1024 * 1024;

type Compress = (bytes: Buffer) => Buffer | Promise<Buffer>;

/** The codecs as outside producers use them; kafkajs keeps one table per process, here a test's own. */
const OUTSIDE: readonly (readonly [string, number, Compress])[] = [
  ['gzip', CompressionTypes.GZIP, (bytes) => gzipSync(bytes)],
  ['raw snappy', CompressionTypes.Snappy, (bytes) => compressSnappy(bytes)],
  ['snappy as Java frames it', CompressionTypes.Snappy, (bytes) => frameXerial(bytes)],
  ['lz4', CompressionTypes.LZ4, (bytes) => compressFrame(bytes)],
  ['zstd', CompressionTypes.ZSTD, (bytes) => zstdCompressSync(bytes)],
];

async function sendCompressed(
  { kafka }: KafkaHarness,
  batch: { readonly topic: string; readonly codec: number; readonly values: readonly string[] },
  compress: Compress,
): Promise<void> {
  const original = CompressionCodecs[batch.codec as 1];
  CompressionCodecs[batch.codec as 1] = () => ({
    compress: async ({ buffer }: { buffer: Buffer }) => compress(buffer),
    decompress: async () => Promise.reject(new Error('not read through kafkajs')),
  });
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  try {
    await producer.connect();
    await producer.send({
      topic: batch.topic,
      compression: batch.codec,
      messages: batch.values.map((value) => ({ value, partition: 0 })),
    });
  } finally {
    await producer.disconnect();
    if (original !== undefined) CompressionCodecs[batch.codec as 1] = original;
  }
}

describe('batches from outside', () => {
  let harness: KafkaHarness;
  beforeAll(() => {
    harness = new KafkaHarness(testBrokers());
  });
  afterAll(() => harness.close());

  async function consumeUntil(topic: string, groupId: string, end: bigint) {
    const records: ConsumedRecord[] = [];
    const consumer = await harness.consume({
      groupId,
      topics: [topic],
      handler: async (batch) => {
        records.push(...batch.records);
        return { failures: [] };
      },
    });
    const isDone = async () => (await harness.committed(groupId, topic, 0)) === end;
    await waitFor(isDone, { timeoutMs: 20_000, what: `the commit of offset ${end}` });
    await consumer.stop();
    const letters = await harness.readAll(deadLetterTopic(topic, groupId));
    return { values: records.map(({ value }) => value?.toString()), letters };
  }

  it.each(OUTSIDE)('are read when they are compressed with %s', async (_, codec, compress) => {
    const groupId = harness.uniqueGroup();
    const topic = await harness.createTopic(1, groupId);
    const values = Array.from({ length: 60 }, (__, index) => `${index} ${'Zürich '.repeat(800)}`);
    await sendCompressed(harness, { topic, codec, values }, compress);
    const { values: read } = await consumeUntil(topic, groupId, 60n);
    expect(read).toEqual(values);
  });

  it.each(['gzip', 'snappy', 'lz4', 'zstd'])(
    'are read as kcat sends them with %s',
    async (codec) => {
      const groupId = harness.uniqueGroup();
      const topic = await harness.createTopic(1, groupId);
      const text = 'An article of some length, again and again. '.repeat(3_000);
      const kcat = promisify(execFile)('kcat', [
        '-P',
        '-b',
        testBrokers(),
        '-t',
        topic,
        '-z',
        codec,
      ]);
      kcat.child.stdin?.end(text);
      await kcat;
      const { values } = await consumeUntil(topic, groupId, 1n);
      expect(values).toEqual([text]);
    },
  );

  it.each([
    ['gzip', CompressionTypes.GZIP, (bytes: Buffer) => gzipSync(bytes)],
    ['snappy', CompressionTypes.Snappy, (bytes: Buffer) => frameXerial(bytes)],
    ['lz4', CompressionTypes.LZ4, (bytes: Buffer) => compressFrame(bytes)],
    ['zstd', CompressionTypes.ZSTD, (bytes: Buffer) => zstdCompressSync(bytes)],
  ])('are stepped over when %s would inflate without bounds', async (_, codec, compress) => {
    const groupId = harness.uniqueGroup();
    const topic = await harness.createTopic(1, groupId);
    const plain = { topic, codec: CompressionTypes.None };
    await sendCompressed(harness, { ...plain, values: ['before'] }, (bytes) => bytes);
    const bomb = 'a'.repeat(20 * MIB);
    await sendCompressed(harness, { topic, codec, values: [bomb, bomb] }, compress);
    await sendCompressed(harness, { ...plain, values: ['after'] }, (bytes) => bytes);
    const { values, letters } = await consumeUntil(topic, groupId, 4n);
    expect(values).toEqual(['before', 'after']);
    expect(letters.map(({ value }) => value)).toEqual([null]);
    const headers = letters[0]?.headers;
    expect(headers?.get('dlq.code')?.toString()).toBe('BATCH_UNDECODABLE');
    expect(headers?.get('dlq.offset')?.toString()).toBe('1');
    expect(headers?.get('dlq.last-offset')?.toString()).toBe('2');
  });

  it('are stepped over when one record carries more headers than anyone needs', async () => {
    const groupId = harness.uniqueGroup();
    const topic = await harness.createTopic(1, groupId);
    const many = Array.from({ length: 5_000 }, (_, index) => String(index));
    await harness.producer.send([
      { topic, key: null, value: 'before', headers: {} },
      { topic, key: null, value: 'many', headers: { many } },
      { topic, key: null, value: 'after', headers: {} },
    ]);
    const { values, letters } = await consumeUntil(topic, groupId, 3n);
    expect(values).toEqual(['before', 'after']);
    expect(letters.map(({ headers }) => headers.get('dlq.offset')?.toString())).toEqual(['1']);
  });

  it('are read when they hold more records than a call has room for arguments', async () => {
    const groupId = harness.uniqueGroup();
    const topic = await harness.createTopic(1, groupId);
    const big = ['batch.num.messages=90000', 'linger.ms=3000', 'batch.size=4000000'];
    const options = big.flatMap((option) => ['-X', option]);
    await runKcat(['-t', topic, '-z', 'gzip', ...options], 'line\n'.repeat(90_000));
    const { values } = await consumeUntil(topic, groupId, 90_000n);
    expect(values).toHaveLength(90_000);
  });
});

async function runKcat(args: readonly string[], input: string): Promise<void> {
  const kcat = promisify(execFile)('kcat', ['-P', '-b', testBrokers(), ...args]);
  kcat.child.stdin?.end(input);
  await kcat;
}
