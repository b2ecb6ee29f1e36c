import { beforeAll, describe, expect, it } from 'vitest';
import { type PairScore, precisionOf, scorePairs } from '../bench/near-duplicates/score-pairs.ts';

const SEED = 77;
const PAIRS = 60;

/** A little below what is reached with more pairs: see the benchmark. */
const LEAST_RECALL: Readonly<Record<string, number>> = {
  '15 % of the words, in runs': 0.96,
  '5 % of the words, scattered': 0.95,
  '15 % of the words, scattered': 0.7,
  'syndicated: frame added, up to 30 % cut': 0.93,
  'sub-edited: sentences out, paragraphs moved': 0.9,
  'Chinese: 15 % of the letters, in runs of 20': 0.95,
  'Chinese: 5 % of the letters, scattered': 0.95,
  'Thai: 15 % of the letters, in runs of 40': 0.95,
};

describe('near-duplicates among made-up news', () => {
  let scores: readonly PairScore[];
  beforeAll(() => {
    scores = scorePairs(SEED, PAIRS);
  });

  it.each(Object.entries(LEAST_RECALL))('are found: %s', (name, least) => {
    expect(scores.find((score) => score.name === name)?.judgedDuplicate).toBeGreaterThanOrEqual(
      least,
    );
  });

  it('are told from look-alikes', () => {
    expect(scores.filter(({ isDuplicate }) => !isDuplicate)).toHaveLength(9);
    expect(precisionOf(scores)).toBeGreaterThanOrEqual(0.99);
  });
});
