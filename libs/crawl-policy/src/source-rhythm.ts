import { DAY_MS, HOUR_MS } from './durations.ts';

/** How often a source has news. */
export interface SourceRhythm {
  /** When it last had any. */
  readonly lastItemAtMs: number | null;
  /** Mean time between polls with news, the younger ones weighing more; null before the second. */
  readonly gapMs: number | null;
  readonly gapsSeen: number;
}

const WEIGHT_OF_NEWEST = 0.2;
/** Fewer say nothing about a rhythm. */
const MIN_GAPS = 3;
const SILENT_AFTER_GAPS = 4;
/** Nights and weekends are no alarm. */
const MIN_SILENCE_MS = 3 * DAY_MS;
const MIN_GAP_MS = HOUR_MS / 60;
/** One poll would have found together what came within this time. */
const ONE_MOMENT_MS = HOUR_MS / 4;

/** What is known of the rhythm after a poll that brought news; older news than known ones change nothing. */
export function observeNews(rhythm: SourceRhythm, nowMs: number): SourceRhythm {
  const { lastItemAtMs, gapMs, gapsSeen } = rhythm;
  if (lastItemAtMs === null) return { lastItemAtMs: nowMs, gapMs, gapsSeen };
  if (nowMs < lastItemAtMs) return rhythm;
  const gap = Math.max(MIN_GAP_MS, nowMs - lastItemAtMs);
  const mean = gapMs === null ? gap : gapMs + WEIGHT_OF_NEWEST * (gap - gapMs);
  return { lastItemAtMs: nowMs, gapMs: Math.round(mean), gapsSeen: gapsSeen + 1 };
}

/**
 * What is known of the rhythm after news that no poll brought: a hub tells a publisher's five articles of one
 * morning one by one, which says nothing about the days between two such mornings.
 */
export function observePushedNews(rhythm: SourceRhythm, nowMs: number): SourceRhythm {
  const { lastItemAtMs } = rhythm;
  const isSameMoment = lastItemAtMs !== null && nowMs - lastItemAtMs < ONE_MOMENT_MS;
  return isSameMoment ? rhythm : observeNews(rhythm, nowMs);
}

/** Whether a source has been quiet for longer than its own rhythm explains. */
export function isSilent(rhythm: SourceRhythm, nowMs: number): boolean {
  const { lastItemAtMs, gapMs, gapsSeen } = rhythm;
  if (lastItemAtMs === null || gapMs === null || gapsSeen < MIN_GAPS) return false;
  return nowMs - lastItemAtMs > Math.max(MIN_SILENCE_MS, SILENT_AFTER_GAPS * gapMs);
}
