import type { BackgroundWork } from '@broadsheet/platform';

const LOOK_EVERY_MS = 500;
/** Articles are stored before they are gathered: a tenth of a processor at most. */
const REST_PER_WORK = 9;
const MAX_REST_MS = 10_000;

/** Where articles are put into stories, some at a time; 0 where none are left. */
interface ArticleGatherer {
  gather(signal: AbortSignal): Promise<number>;
}

/** Puts new articles into stories; how far it came stands in the store. */
export function storyWork(gatherer: ArticleGatherer, nowMs: () => number): BackgroundWork {
  return {
    waiting: 'stories wait',
    afterTroubleMs: 5_000,
    run: async (signal) => {
      const startedAtMs = nowMs();
      const count = await gatherer.gather(signal);
      const restMs = (nowMs() - startedAtMs) * REST_PER_WORK;
      return count > 0 ? Math.min(restMs, MAX_REST_MS) : LOOK_EVERY_MS;
    },
  };
}
