import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { deadLetterTopic } from '@broadsheet/contracts';
import type { ChunkSettings } from '../consume/batch-loop.ts';
import type { ConsumerProgress } from '../consume/consumer-progress.ts';
import type {
  BatchHandler,
  BatchResult,
  ConsumedRecord,
  LogProducer,
  OutgoingRecord,
  RecordBatch,
} from '../log.port.ts';
import { BrokerUnavailable, RecordTooLarge, SinkUnavailable } from '../messaging.errors.ts';

export interface ContractConsumer {
  stop(): Promise<void>;
  progress(): ConsumerProgress;
}

export interface ContractConsumerOptions {
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly handler: BatchHandler;
  readonly deadLetters?: LogProducer;
  readonly probeSink?: () => Promise<void>;
  readonly onFatal?: (error: Error) => void;
  readonly chunk?: Partial<ChunkSettings>;
}

/** One implementation of the log, as the contract asks for it. */
export interface LogHarness {
  readonly producer: LogProducer;
  /** Creates a topic and, with one partition, the dead letters of this group; gives its name. */
  createTopic(partitions: number, groupId: string): Promise<string>;
  uniqueGroup(): string;
  consume(options: ContractConsumerOptions): Promise<ContractConsumer>;
  /** Everything on a topic, in order of offsets within a partition. */
  readAll(topic: string): Promise<readonly ConsumedRecord[]>;
  committed(groupId: string, topic: string, partition: number): Promise<bigint>;
}

export interface LogRule {
  /** A sentence about the behaviour of a log. */
  readonly title: string;
  check(harness: LogHarness): Promise<void>;
}

const NO_FAILURES: BatchResult = { failures: [] };
const PATIENCE_MS = 30_000;

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `waited ${PATIENCE_MS} ms for ${condition.toString()}`);
    await delay(10);
  }
}

function numbered(topic: string, count: number, key: string | null = 'one'): OutgoingRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    topic,
    key,
    value: String(index),
    headers: {},
  }));
}

function textOf(record: ConsumedRecord): string {
  return record.value?.toString() ?? '';
}

function headerOf(record: ConsumedRecord | undefined, name: string): string | undefined {
  return record?.headers.get(name)?.at(-1)?.toString();
}

/** Notes every record it is given; throws or fails as told. */
function recorder(act: (batch: RecordBatch) => BatchResult | Promise<BatchResult>) {
  const seen: string[] = [];
  const handler: BatchHandler = async (batch) => {
    const result = await act(batch);
    seen.push(...batch.records.map(textOf));
    return result;
  };
  return { seen, handler };
}

const producerRules: readonly LogRule[] = [
  {
    title: 'gives the place of every record, in the order of the records',
    async check(log) {
      const topic = await log.createTopic(3, log.uniqueGroup());
      const records = ['a', 'b', 'c', 'a', 'b', 'c'].map((key, index) => ({
        topic,
        key,
        value: String(index),
        headers: {},
      }));
      const places = await log.producer.send(records);
      const stored = await log.readAll(topic);
      for (const [index, place] of places.entries()) {
        const found = stored.find(
          (one) => one.partition === place.partition && one.offset === place.offset,
        );
        assert.equal(found && textOf(found), String(index));
      }
    },
  },
  {
    title: 'keeps key, value and repeated or binary headers byte for byte',
    async check(log) {
      const topic = await log.createTopic(1, log.uniqueGroup());
      const binary = Buffer.from([0, 0xff, 0xfe, 0x80]);
      await log.producer.send([
        { topic, key: binary, value: binary, headers: { twice: ['1', binary], once: '€' } },
        { topic, key: null, value: null, headers: {} },
        { topic, key: '', value: '', headers: {} },
      ]);
      const [first, second, third] = await log.readAll(topic);
      assert.deepEqual(first?.key, binary);
      assert.deepEqual(first?.value, binary);
      assert.deepEqual(first?.headers.get('twice'), [Buffer.from('1'), binary]);
      assert.deepEqual(first?.headers.get('once'), [Buffer.from('€')]);
      assert.deepEqual([second?.key, second?.value], [null, null]);
      assert.deepEqual([third?.key?.length, third?.value?.length], [0, 0]);
    },
  },
  {
    title: 'refuses a record that its topic cannot take, and sends none of its neighbours',
    async check(log) {
      const topic = await log.createTopic(1, log.uniqueGroup());
      const tooLarge = { topic, key: null, value: Buffer.alloc(2 * 1024 * 1024), headers: {} };
      const sending = log.producer.send([...numbered(topic, 1), tooLarge]);
      await assert.rejects(sending, RecordTooLarge);
      assert.equal((await log.readAll(topic)).length, 0);
    },
  },
  {
    title: 'sends many small sends at once and loses none',
    async check(log) {
      const topic = await log.createTopic(3, log.uniqueGroup());
      const sends = numbered(topic, 200, null).map((record) => log.producer.send([record]));
      const places = (await Promise.all(sends)).flat();
      assert.equal(new Set(places.map((at) => `${at.partition}/${at.offset}`)).size, 200);
      assert.equal((await log.readAll(topic)).length, 200);
    },
  },
];

const consumerRules: readonly LogRule[] = [
  {
    title: 'delivers the records of a partition in order, in consecutive chunks of one partition',
    async check(log) {
      const groupId = log.uniqueGroup();
      const topic = await log.createTopic(1, groupId);
      await log.producer.send(numbered(topic, 50));
      const { seen, handler } = recorder((batch) => {
        assert.ok(batch.records.length <= 7);
        assert.ok(batch.records.every((one) => one.partition === batch.partition));
        return NO_FAILURES;
      });
      const chunk = { maxRecords: 7 };
      const consumer = await log.consume({ groupId, topics: [topic], handler, chunk });
      await until(() => seen.length >= 50);
      await consumer.stop();
      assert.deepEqual(
        seen,
        Array.from({ length: 50 }, (_, index) => String(index)),
      );
      assert.equal(await log.committed(groupId, topic, 0), 50n);
    },
  },
  {
    title: 'dead-letters the failures that a handler reports, and goes on with the rest',
    async check(log) {
      const groupId = log.uniqueGroup();
      const topic = await log.createTopic(1, groupId);
      const headers = { 'content-type': 'text/plain', raw: Buffer.from([0xff]) };
      const records = numbered(topic, 5).map((record) => ({ ...record, headers }));
      await log.producer.send(records);
      const { seen, handler } = recorder(({ records: chunk }) => ({
        failures: chunk
          .filter((record) => textOf(record) === '2')
          .map((record) => ({ record, code: 'TOO_SHORT', error: new Error('too short') })),
      }));
      const consumer = await log.consume({ groupId, topics: [topic], handler });
      await until(() => seen.length >= 5);
      await consumer.stop();
      const letters = await log.readAll(deadLetterTopic(topic, groupId));
      assert.equal(letters.length, 1);
      const [letter] = letters;
      assert.equal(letter && textOf(letter), '2');
      assert.equal(letter?.key?.toString(), 'one');
      assert.deepEqual(letter?.headers.get('raw'), [Buffer.from([0xff])]);
      assert.equal(headerOf(letter, 'content-type'), 'text/plain');
      assert.equal(headerOf(letter, 'dlq.topic'), topic);
      assert.equal(headerOf(letter, 'dlq.partition'), '0');
      assert.equal(headerOf(letter, 'dlq.offset'), '2');
      assert.equal(headerOf(letter, 'dlq.group'), groupId);
      assert.equal(headerOf(letter, 'dlq.code'), 'TOO_SHORT');
      assert.equal(headerOf(letter, 'dlq.error-message'), 'too short');
      assert.equal(await log.committed(groupId, topic, 0), 5n);
    },
  },
  {
    title: 'commits nothing while a dead letter cannot be written',
    async check(log) {
      const groupId = log.uniqueGroup();
      const topic = await log.createTopic(1, groupId);
      await log.producer.send(numbered(topic, 3));
      let isAway = true;
      let refusals = 0;
      const deadLetters: LogProducer = {
        async send(records) {
          if (!isAway) return log.producer.send(records);
          refusals += 1;
          throw new BrokerUnavailable('away');
        },
      };
      const { handler } = recorder(({ records }) => ({
        failures: records.map((record) => ({ record, code: 'NOT_TEXT', error: new Error('no') })),
      }));
      const consumer = await log.consume({ groupId, topics: [topic], handler, deadLetters });
      await until(() => refusals >= 2);
      assert.equal(await log.committed(groupId, topic, 0), 0n);
      assert.equal(consumer.progress().state, 'paused');
      isAway = false;
      await until(async () => (await log.committed(groupId, topic, 0)) === 3n);
      await consumer.stop();
      assert.equal((await log.readAll(deadLetterTopic(topic, groupId))).length, 3);
    },
  },
  {
    title: 'pauses on an outage, dead-letters nothing, and processes everything afterwards',
    async check(log) {
      const groupId = log.uniqueGroup();
      const topic = await log.createTopic(2, groupId);
      await log.producer.send(numbered(topic, 20, null));
      const outages = [
        new SinkUnavailable('the database is away'),
        new BrokerUnavailable('the next broker is away'),
        Object.assign(new Error('Closed connection'), { name: 'KafkaJSConnectionClosedError' }),
      ];
      const { seen, handler } = recorder(() => {
        const outage = outages.shift();
        if (outage !== undefined) throw outage;
        return NO_FAILURES;
      });
      const consumer = await log.consume({ groupId, topics: [topic], handler });
      await until(() => seen.length >= 20);
      await consumer.stop();
      assert.equal(new Set(seen).size, 20);
      assert.equal((await log.readAll(deadLetterTopic(topic, groupId))).length, 0);
    },
  },
  {
    title: 'finds the records that break their handler and dead-letters those alone',
    async check(log) {
      const groupId = log.uniqueGroup();
      const topic = await log.createTopic(1, groupId);
      await log.producer.send(numbered(topic, 40));
      const { seen, handler } = recorder(({ records }) => {
        if (records.some((record) => ['13', '14', '39'].includes(textOf(record)))) {
          throw new TypeError("Cannot read properties of undefined (reading 'title')");
        }
        return NO_FAILURES;
      });
      const consumer = await log.consume({ groupId, topics: [topic], handler });
      await until(async () => (await log.committed(groupId, topic, 0)) === 40n);
      await consumer.stop();
      assert.equal(new Set(seen).size, 37);
      const letters = await log.readAll(deadLetterTopic(topic, groupId));
      assert.deepEqual(letters.map(textOf), ['13', '14', '39']);
      assert.ok(letters.every((letter) => headerOf(letter, 'dlq.code') === 'HANDLER_FAILED'));
      assert.ok(letters.every((letter) => headerOf(letter, 'dlq.error-class') === 'TypeError'));
    },
  },
  {
    title: 'takes no record for bad while the sink does not answer',
    async check(log) {
      const groupId = log.uniqueGroup();
      const topic = await log.createTopic(1, groupId);
      await log.producer.send(numbered(topic, 4));
      let isAway = true;
      let probes = 0;
      const { seen, handler } = recorder(() => {
        if (isAway) throw new Error('a timeout that does not say why');
        return NO_FAILURES;
      });
      const probeSink = async (): Promise<void> => {
        probes += 1;
        if (isAway) throw new Error('away');
      };
      const consumer = await log.consume({ groupId, topics: [topic], handler, probeSink });
      await until(() => probes >= 2);
      isAway = false;
      await until(() => seen.length >= 4);
      await consumer.stop();
      assert.equal((await log.readAll(deadLetterTopic(topic, groupId))).length, 0);
    },
  },
  {
    title: 'never runs a chunk again before its first run has settled, whatever its deadline',
    async check(log) {
      const groupId = log.uniqueGroup();
      const topic = await log.createTopic(1, groupId);
      await log.producer.send(numbered(topic, 3));
      let runs = 0;
      let running = 0;
      let mostAtOnce = 0;
      const { seen, handler } = recorder(async ({ signal }) => {
        runs += 1;
        running += 1;
        mostAtOnce = Math.max(mostAtOnce, running);
        try {
          if (runs > 1) return NO_FAILURES;
          await until(() => signal.aborted);
          await delay(150);
          throw new Error('gave up');
        } finally {
          running -= 1;
        }
      });
      const chunk = { deadlineMs: 100, graceMs: 5_000 };
      const consumer = await log.consume({ groupId, topics: [topic], handler, chunk });
      await until(() => seen.length >= 3);
      await consumer.stop();
      assert.equal(mostAtOnce, 1);
      assert.equal(runs, 2);
    },
  },
  {
    title: 'calls for the end of the process when a handler outlives its deadline and its grace',
    async check(log) {
      const groupId = log.uniqueGroup();
      const topic = await log.createTopic(1, groupId);
      await log.producer.send(numbered(topic, 1));
      const fatal: Error[] = [];
      let release = false;
      const { seen, handler } = recorder(async () => {
        await until(() => release);
        return NO_FAILURES;
      });
      const consumer = await log.consume({
        groupId,
        topics: [topic],
        handler,
        onFatal: (error) => fatal.push(error),
        chunk: { deadlineMs: 50, graceMs: 50 },
      });
      await until(() => fatal.length > 0);
      release = true;
      await until(() => seen.length === 1);
      await consumer.stop();
      assert.deepEqual(
        fatal.map(({ name }) => name),
        ['HandlerHung'],
      );
    },
  },
  {
    title: 'finishes and commits the chunk in hand when it stops, and begins no other',
    async check(log) {
      const groupId = log.uniqueGroup();
      const topic = await log.createTopic(1, groupId);
      await log.producer.send(numbered(topic, 10));
      let isWorking = false;
      const { seen, handler } = recorder(async ({ signal }) => {
        isWorking = true;
        await delay(300);
        assert.equal(signal.aborted, false);
        return NO_FAILURES;
      });
      const chunk = { maxRecords: 4 };
      const consumer = await log.consume({ groupId, topics: [topic], handler, chunk });
      await until(() => isWorking);
      await consumer.stop();
      assert.deepEqual(seen, ['0', '1', '2', '3']);
      assert.equal(await log.committed(groupId, topic, 0), 4n);
      assert.equal(consumer.progress().state, 'stopped');
    },
  },
  {
    title: 'delivers again what was not committed when a consumer ended',
    async check(log) {
      const groupId = log.uniqueGroup();
      const topic = await log.createTopic(1, groupId);
      await log.producer.send(numbered(topic, 5));
      let isWorking = false;
      let isStopping = false;
      const first = await log.consume({
        groupId,
        topics: [topic],
        handler: async () => {
          isWorking = true;
          await until(() => isStopping);
          throw new Error('ended in the middle');
        },
      });
      await until(() => isWorking);
      const stopped = first.stop();
      isStopping = true;
      await stopped;
      const { seen, handler } = recorder(() => NO_FAILURES);
      const second = await log.consume({ groupId, topics: [topic], handler });
      await until(() => seen.length >= 5);
      await second.stop();
      assert.deepEqual(seen, ['0', '1', '2', '3', '4']);
    },
  },
  {
    title: 'ends the process rather than guess what a handler without a result has done',
    async check(log) {
      const groupId = log.uniqueGroup();
      const topic = await log.createTopic(1, groupId);
      await log.producer.send(numbered(topic, 1));
      const fatal: Error[] = [];
      const consumer = await log.consume({
        groupId,
        topics: [topic],
        handler: async () => undefined as unknown as BatchResult,
        onFatal: (error) => fatal.push(error),
      });
      await until(() => fatal.length > 0);
      await consumer.stop();
      assert.equal(fatal[0]?.name, 'HandlerContractBroken');
      assert.equal(await log.committed(groupId, topic, 0), 0n);
    },
  },
  {
    title: 'reports how far behind it is, and that it is running',
    async check(log) {
      const groupId = log.uniqueGroup();
      const topic = await log.createTopic(1, groupId);
      await log.producer.send(numbered(topic, 10));
      let progressAtFirst: ConsumerProgress | undefined;
      const { seen, handler } = recorder(() => {
        if (seen.length === 2) progressAtFirst = consumer.progress();
        return NO_FAILURES;
      });
      const chunk = { maxRecords: 2 };
      const consumer = await log.consume({ groupId, topics: [topic], handler, chunk });
      await until(() => seen.length >= 10);
      await until(() => consumer.progress().lagRecords === 0);
      assert.equal(progressAtFirst?.lagRecords, 8);
      assert.equal(consumer.progress().state, 'running');
      await consumer.stop();
    },
  },
];

/** What every implementation of the log must do; run against the fake and against a broker. */
export const LOG_CONTRACT: readonly LogRule[] = [...producerRules, ...consumerRules];
