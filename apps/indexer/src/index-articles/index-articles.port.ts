import type { ArrivalOutcome, ArticleArrival } from '@broadsheet/persistence';

/** Where articles are kept. Applies arrivals once per cause and gives one outcome for each, in order. */
export interface ArticleStore {
  apply(
    arrivals: readonly ArticleArrival[],
    signal: AbortSignal,
  ): Promise<readonly ArrivalOutcome[]>;
}
