import { describe, expect, it } from 'vitest';
import { compareTopic } from './topic-drift.ts';

const SPEC = { name: 'articles.raw', partitions: 12, config: { 'retention.ms': '1000' } };

describe('the drift of a topic', () => {
  it('is empty where the broker has what was declared', () => {
    expect(compareTopic(SPEC, { ...SPEC, config: { ...SPEC.config, other: 'x' } })).toEqual([]);
  });

  it('names missing partitions and settings that differ or are absent', () => {
    expect(compareTopic(SPEC, { ...SPEC, partitions: 6, config: {} })).toEqual([
      { topic: 'articles.raw', setting: 'partitions', declared: '12', actual: '6' },
      { topic: 'articles.raw', setting: 'retention.ms', declared: '1000', actual: '' },
    ]);
  });

  it('lets more partitions than declared pass', () => {
    expect(compareTopic(SPEC, { ...SPEC, partitions: 24 })).toEqual([]);
  });
});
