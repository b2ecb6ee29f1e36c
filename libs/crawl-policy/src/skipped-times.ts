import { DAY_MS, HOUR_MS } from './durations.ts';

/** When a publisher does not want to be asked (RSS skipHours and skipDays), in UTC. */
export interface SkippedTimes {
  /** 0 to 23. */
  readonly hours: readonly number[];
  /** 0 (Sunday) to 6. */
  readonly days: readonly number[];
}

/** A weekend and the nights around it; a feed that names more, or every hour, means something else. */
const MAX_SHIFT_MS = 3 * DAY_MS;

function isSkipped(ms: number, skipped: SkippedTimes): boolean {
  const date = new Date(ms);
  return skipped.hours.includes(date.getUTCHours()) || skipped.days.includes(date.getUTCDay());
}

/** The first moment from `atMs` on, at most three days later, that is not skipped; `atMs` where there is none. */
export function afterSkippedTimes(atMs: number, skipped: SkippedTimes): number {
  if (skipped.hours.length === 0 && skipped.days.length === 0) return atMs;
  let ms = atMs;
  while (isSkipped(ms, skipped)) {
    ms = Math.floor(ms / HOUR_MS) * HOUR_MS + HOUR_MS;
    if (ms - atMs > MAX_SHIFT_MS) return atMs;
  }
  return ms;
}
