import { judgePair } from './judge-pair.ts';
import { PAIR_KINDS } from './labelled-pairs.ts';
import { MadeUpNews } from './made-up-news.ts';

export interface PairScore {
  readonly name: string;
  readonly isDuplicate: boolean;
  readonly pairs: number;
  /** Led to by the bands, judged a duplicate: both as shares of the pairs. */
  readonly found: number;
  readonly judgedDuplicate: number;
  readonly meanSimilarity: number;
}

export function scorePairs(seed: number, pairs: number): readonly PairScore[] {
  const news = new MadeUpNews(seed);
  return PAIR_KINDS.map(({ name, isDuplicate, make }) => {
    let found = 0;
    let judged = 0;
    let similarity = 0;
    for (let n = 0; n < pairs; n += 1) {
      const verdict = judgePair(...make(news));
      if (verdict.isFound) found += 1;
      if (verdict.isDuplicate) judged += 1;
      similarity += verdict.similarity;
    }
    return {
      name,
      isDuplicate,
      pairs,
      found: found / pairs,
      judgedDuplicate: judged / pairs,
      meanSimilarity: similarity / pairs,
    };
  });
}

/** The share of those judged duplicates that are. */
export function precisionOf(scores: readonly PairScore[]): number {
  const judged = (wanted: boolean) =>
    scores
      .filter(({ isDuplicate }) => isDuplicate === wanted)
      .reduce((sum, score) => sum + score.judgedDuplicate * score.pairs, 0);
  return judged(true) / (judged(true) + judged(false));
}
