import { expect, it } from 'vitest';
import { MAX_RECORD_BYTES } from './limits.ts';
import { DEAD_LETTER_TOPICS, TOPIC, TOPICS } from './topics.ts';

const maxBytes = (name: string): number =>
  Number(TOPICS.find((topic) => topic.name === name)?.config['max.message.bytes']);

it('describes every topic once', () => {
  const names = TOPICS.map((topic) => topic.name);
  expect(new Set(names)).toEqual(new Set([...Object.values(TOPIC), ...DEAD_LETTER_TOPICS]));
  expect(names).toHaveLength(new Set(names).size);
});

it('lets a dead letter outgrow its source by its reasons', () => {
  for (const name of DEAD_LETTER_TOPICS) {
    const source = name.split('.').slice(0, 2).join('.');
    expect(maxBytes(name)).toBeGreaterThanOrEqual(maxBytes(source) + 64 * 1_024);
  }
});

it('reads every record that the topic takes', () => {
  expect(MAX_RECORD_BYTES).toBe(maxBytes(TOPIC.raw));
});
