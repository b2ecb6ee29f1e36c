import type { BackgroundWork } from '@broadsheet/platform';

/** What grows with time and is of use only for a time. */
interface PageStore {
  prune(before: Date, limit: number): Promise<number>;
}

const EVERY_MS = 10 * 60_000;
/** Feeds list no older pages; one that does has them fetched once more, which changes nothing. */
const KEEP_FOR_MS = 180 * 86_400_000;
/** Few enough to be done at once. */
const BATCH = 5_000;

/** Forgets pages that were seen long ago, a batch at a time. */
export function forgetPagesWork(store: PageStore, nowMs: () => number): BackgroundWork {
  return {
    waiting: 'old pages were not forgotten',
    afterTroubleMs: EVERY_MS,
    run: async () => {
      const pruned = await store.prune(new Date(nowMs() - KEEP_FOR_MS), BATCH);
      return pruned === BATCH ? 0 : EVERY_MS;
    },
  };
}
