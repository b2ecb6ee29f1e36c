import type { GatheredChanges } from '@broadsheet/persistence';
import type { BackgroundWork } from '@broadsheet/platform';

const LOOK_EVERY_MS = 2_000;
/** While articles come in numbers, storing them goes first: a tenth of a processor at most. */
const REST_PER_WORK_STORING = 9;
/** Of what is gathered at once: fewer new articles in that time are a trickle. */
const TRICKLE = 0.1;
const REST_PER_WORK = 1;
const MAX_REST_MS = 10_000;

/** Where articles are put into stories, some at a time. */
interface ArticleGatherer {
  gather(signal: AbortSignal): Promise<GatheredChanges>;
}

/** Puts new articles into stories; how far it came stands in the store. */
export function storyWork(gatherer: ArticleGatherer, nowMs: () => number): BackgroundWork {
  let knownPosition: bigint | null = null;
  return {
    waiting: 'stories wait',
    afterTroubleMs: 5_000,
    run: async (signal) => {
      const startedAtMs = nowMs();
      const { count, newestPosition } = await gatherer.gather(signal);
      if (count === 0) return LOOK_EVERY_MS;
      const stored = (newestPosition ?? 0n) - (knownPosition ?? 0n);
      knownPosition = newestPosition;
      const isTrickle = Number(stored) <= count * TRICKLE;
      const restPerWork = isTrickle ? REST_PER_WORK : REST_PER_WORK_STORING;
      return Math.min((nowMs() - startedAtMs) * restPerWork, MAX_REST_MS);
    },
  };
}
