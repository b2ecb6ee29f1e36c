import { describe, expect, it } from 'vitest';
import { decideAfterCrash } from './crash-policy.ts';

function kafkaError(name: string, more: Record<string, unknown> = {}): Error {
  return Object.assign(new Error(name), { name, ...more });
}

const CONNECTION_LOST = kafkaError('KafkaJSConnectionError');

describe('what follows the crash of a consumer', () => {
  it('is left to kafkajs where it restarts by itself', () => {
    const crash = { error: new Error('anything'), restarts: true };
    expect(decideAfterCrash(crash, [], 0)).toEqual({ kind: 'left-to-kafkajs' });
  });

  it.each([
    ['a lost connection', CONNECTION_LOST],
    ['a broker that is looked for', kafkaError('KafkaJSBrokerNotFound')],
    ['what a retry cannot help', new Error('gave up', { cause: CONNECTION_LOST })],
    ['a passing answer', kafkaError('KafkaJSProtocolError', { retriable: true })],
  ])('is a new consumer after %s', (_, error) => {
    expect(decideAfterCrash({ error, restarts: false }, [], 0).kind).toBe('recreate');
  });

  it.each([
    ['a login that is refused', kafkaError('KafkaJSSASLAuthenticationError')],
    ['an answer that stays', kafkaError('KafkaJSProtocolError', { retriable: false })],
    ['a bug', new TypeError('undefined is not a function')],
  ])('is the end of the process after %s', (_, error) => {
    expect(decideAfterCrash({ error, restarts: false }, [], 0)).toEqual({ kind: 'fatal' });
  });

  it('is the end of the process when new consumers keep crashing, but not over days', () => {
    const crash = { error: CONNECTION_LOST, restarts: false };
    const often = Array.from({ length: 10 }, (_, index) => index * 1_000);
    expect(decideAfterCrash(crash, often, 10_000).kind).toBe('fatal');
    expect(decideAfterCrash(crash, often, 86_400_000).kind).toBe('recreate');
  });
});
