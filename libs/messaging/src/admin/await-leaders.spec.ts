import { describe, expect, it } from 'vitest';
import { awaitLeaders } from './await-leaders.ts';

function protocolError(type: string): Error {
  return Object.assign(new Error(type), { name: 'KafkaJSProtocolError', type });
}

function answering(errors: Error[]): { asked: () => number; describe: () => Promise<unknown> } {
  let asked = 0;
  const describeTopics = () => {
    asked += 1;
    const error = errors.shift();
    return error === undefined ? Promise.resolve({ topics: [] }) : Promise.reject(error);
  };
  return { asked: () => asked, describe: describeTopics };
}

describe('waiting for the leaders of topics', () => {
  it('goes on while the broker has not heard of a topic, or a partition has no leader', async () => {
    const late = protocolError('LEADER_NOT_AVAILABLE');
    const broker = answering([
      protocolError('UNKNOWN_TOPIC_OR_PARTITION'),
      new Error('retries exceeded', { cause: late }),
    ]);
    await awaitLeaders(broker.describe, 10_000);
    expect(broker.asked()).toBe(3);
  });

  it('ends with any other error', async () => {
    const broker = answering([protocolError('TOPIC_AUTHORIZATION_FAILED')]);
    await expect(awaitLeaders(broker.describe, 10_000)).rejects.toThrow(
      'TOPIC_AUTHORIZATION_FAILED',
    );
  });

  it('ends with the last answer once its time is over', async () => {
    const broker = answering([protocolError('UNKNOWN_TOPIC_OR_PARTITION')]);
    await expect(awaitLeaders(broker.describe, -1)).rejects.toThrow('UNKNOWN_TOPIC_OR_PARTITION');
  });
});
