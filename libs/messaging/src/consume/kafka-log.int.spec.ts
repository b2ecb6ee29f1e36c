import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testBrokers } from '@broadsheet/testing';
import { KafkaHarness } from '../contract/kafka-log.harness.ts';
import { LOG_CONTRACT } from '../contract/log.contract.ts';

describe('the log on a broker', () => {
  let harness: KafkaHarness;
  beforeAll(() => {
    harness = new KafkaHarness(testBrokers());
  });
  afterAll(() => harness.close());

  it.each(LOG_CONTRACT)('$title', async ({ check }) => {
    await expect(check(harness)).resolves.toBeUndefined();
  });
});
