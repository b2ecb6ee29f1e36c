import 'reflect-metadata';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload } from '@nestjs/microservices';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testBrokers, waitFor } from '@broadsheet/testing';
import { KafkaHarness } from '../contract/kafka-log.harness.ts';
import type { BatchResult, RecordBatch } from '../log.port.ts';
import { SinkUnavailable } from '../messaging.errors.ts';
import { KafkaBatchStrategy } from './kafka-batch.strategy.ts';
import { kafkaGroup } from './kafka-group.ts';
import { PassThroughRpcFilter } from './pass-through-rpc.filter.ts';

const GROUP = `group-${randomUUID()}`;
const TOPIC = `nest.${randomUUID()}`;

const seen: string[] = [];
let outages = 1;

class LettersController {
  async onLetters(batch: RecordBatch): Promise<BatchResult> {
    if ((outages -= 1) >= 0) throw new SinkUnavailable('the database is away');
    seen.push(...batch.records.map(({ value }) => String(value)));
    return { failures: [] };
  }

  async onOthers(): Promise<BatchResult> {
    throw new Error('bound to a group that is not this one');
  }
}

class LettersModule {}

// Applied by hand: specs are compiled without the options that decorators need.
function bind(method: 'onLetters' | 'onOthers', topic: string, groupId: string): void {
  const { prototype } = LettersController;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, method);
  if (descriptor === undefined) throw new Error(`${method} is missing`);
  EventPattern<string>(topic, kafkaGroup(groupId))(prototype, method, descriptor);
}
bind('onLetters', TOPIC, GROUP);
bind('onOthers', 'another.topic', 'another-group');
Payload()(LettersController.prototype, 'onLetters', 0);
Controller()(LettersController);
Module({ controllers: [LettersController] })(LettersModule);

describe('a strategy in a Nest app', () => {
  let harness: KafkaHarness;
  beforeAll(async () => {
    harness = new KafkaHarness(testBrokers());
    const specs = [TOPIC, `${TOPIC}.${GROUP}.dlq`].map((name) => ({
      name,
      partitions: 1,
      config: {},
    }));
    await harness.admin.ensureTopics(specs, { replicationFactor: 1, minInsyncReplicas: 1 });
  });
  afterAll(() => harness.close());

  async function startApp(onFatal: (error: Error) => void, filters: PassThroughRpcFilter[]) {
    const strategy = new KafkaBatchStrategy({
      kafka: harness.kafka,
      groupId: GROUP,
      service: { name: 'letters', version: '0' },
      deadLetters: harness.producer,
      lagSource: harness.admin,
      probeSink: async () => undefined,
      onFatal,
      log: () => undefined,
    });
    const options = { strategy, logger: false as const, abortOnError: false };
    const app = await NestFactory.createMicroservice(LettersModule, options);
    app.useGlobalFilters(...filters);
    await app.listen();
    return { app, strategy };
  }

  it('binds the handlers of its group, whose errors arrive as they were thrown', async () => {
    const fatal: Error[] = [];
    const { app, strategy } = await startApp(
      (error) => fatal.push(error),
      [new PassThroughRpcFilter()],
    );
    await harness.producer.send([{ topic: TOPIC, key: null, value: 'first', headers: {} }]);
    const isPaused = () => strategy.progress().state === 'paused';
    await waitFor(isPaused, { timeoutMs: 20_000, what: 'the outage to pause the partition' });
    await waitFor(() => seen.includes('first'), { timeoutMs: 20_000, what: 'the record' });
    await app.close();
    expect(fatal).toEqual([]);
    expect(strategy.progress().state).toBe('stopped');
  });

  it('ends the process when the filter is missing, for then no outage can be told', async () => {
    outages = 1;
    const fatal: Error[] = [];
    const { app } = await startApp((error) => fatal.push(error), []);
    await harness.producer.send([{ topic: TOPIC, key: null, value: 'second', headers: {} }]);
    await waitFor(() => fatal.length > 0, { timeoutMs: 20_000, what: 'the end' });
    await app.close();
    expect(fatal[0]?.name).toBe('HandlerContractBroken');
  });
});
