import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testBrokers } from '@broadsheet/testing';
import { type KafkaHarness, createKafkaHarness } from '../contract/kafka-log.harness.ts';
import { LOG_CONTRACT } from '../contract/log.contract.ts';

describe('the log on a broker', () => {
  let harness: KafkaHarness;
  beforeAll(() => {
    harness = createKafkaHarness(testBrokers());
  });
  afterAll(() => harness.close());

  it.each(LOG_CONTRACT)('$title', async ({ check }) => {
    await expect(check(harness)).resolves.toBeUndefined();
  });
});
