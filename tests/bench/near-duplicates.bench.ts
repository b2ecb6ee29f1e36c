import { afterAll, expect, it } from 'vitest';
import { describeMachine, formatTable } from './machine.ts';
import { precisionOf, scorePairs } from './near-duplicates/score-pairs.ts';

const PAIRS = Number(process.env['BENCH_PAIRS'] ?? 500);
const SEED = 20;

const rows: string[][] = [
  ['pairs', 'are copies', 'mean similarity', 'candidates', 'judged copies'],
];

afterAll(() => {
  console.log(`\n${describeMachine()}\n\n${formatTable(rows)}\n`);
});

it('recall and precision', () => {
  const scores = scorePairs(SEED, PAIRS);
  for (const { name, isDuplicate, meanSimilarity, found, judgedDuplicate } of scores) {
    const shares = [meanSimilarity, found, judgedDuplicate].map((share) => share.toFixed(3));
    rows.push([name, isDuplicate ? 'yes' : 'no', ...shares]);
  }
  rows.push([`precision over all, ${PAIRS} of each`, '', '', '', precisionOf(scores).toFixed(4)]);
  expect(scores.length).toBeGreaterThan(0);
});
