import { observeNews, observePushedNews, type SourceRhythm } from '@broadsheet/crawl-policy';
import type { NewsRhythm } from '@broadsheet/persistence';

function observedBy(
  observe: (rhythm: SourceRhythm, nowMs: number) => SourceRhythm,
): (rhythm: NewsRhythm, atMs: number) => NewsRhythm {
  return ({ lastItemAt, itemGapMs, itemGaps }, atMs) => {
    const lastItemAtMs = lastItemAt?.getTime() ?? null;
    const after = observe({ lastItemAtMs, gapMs: itemGapMs, gapsSeen: itemGaps }, atMs);
    return {
      lastItemAt: after.lastItemAtMs === null ? null : new Date(after.lastItemAtMs),
      itemGapMs: after.gapMs,
      itemGaps: after.gapsSeen,
    };
  };
}

/** The rhythm of a source after a poll with news. */
export const rhythmAfterPoll = observedBy(observeNews);
/** The rhythm of a source after news that a hub pushed or a sitemap named. */
export const rhythmAfterPush = observedBy(observePushedNews);
