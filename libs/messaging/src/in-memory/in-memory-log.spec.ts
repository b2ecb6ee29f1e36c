import { describe, expect, it } from 'vitest';
import { deadLetterTopic } from '@broadsheet/contracts';
import { LOG_CONTRACT, type LogHarness } from '../contract/log.contract.ts';
import { BrokerUnavailable } from '../messaging.errors.ts';
import { InMemoryLog } from './in-memory-log.ts';

function createHarness(): LogHarness {
  const log = new InMemoryLog();
  let count = 0;
  const unique = (prefix: string): string => `${prefix}-${(count += 1)}`;
  return {
    producer: log,
    createTopic: async (partitions, groupId) => {
      const topic = unique('topic');
      log.createTopic(topic, partitions);
      log.createTopic(deadLetterTopic(topic, groupId), 1);
      return topic;
    },
    uniqueGroup: () => unique('group'),
    consume: async (options) => log.consume({ deadLetters: log, ...options }),
    readAll: async (topic) => log.read(topic),
    committed: async (groupId, topic, partition) => log.committed(groupId, topic, partition),
  };
}

describe('the log in memory', () => {
  it.each(LOG_CONTRACT)('$title', async ({ check }) => {
    await expect(check(createHarness())).resolves.toBeUndefined();
  });

  it('fails every send while it is told to be away', async () => {
    const log = new InMemoryLog();
    const record = { topic: 'articles.raw', key: null, value: 'text', headers: {} };
    log.setAvailable(false);
    await expect(log.send([record])).rejects.toThrow(BrokerUnavailable);
    log.setAvailable(true);
    await expect(log.send([record])).resolves.toHaveLength(1);
    expect(log.read('articles.raw')).toHaveLength(1);
  });
});
