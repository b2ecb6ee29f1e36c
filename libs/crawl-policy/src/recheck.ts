import { DAY_MS, HOUR_MS } from './durations.ts';

/** Ages at which an article is looked at again: it is while they are young that articles are corrected. */
const AGES_MS = [HOUR_MS, 6 * HOUR_MS, DAY_MS, 3 * DAY_MS] as const;

export interface ArticleAge {
  /** When the page was found. */
  readonly foundAtMs: number;
  /** When it was published, as its source says; null where it says nothing. */
  readonly publishedAtMs: number | null;
}

/**
 * When a page that was fetched is fetched again: 1, 6, 24 and 72 hours after it appeared; null once it is
 * older. A publication time in the future counts as the time of finding.
 */
export function decideRecheck(age: ArticleAge, nowMs: number): number | null {
  const bornAtMs = Math.min(age.publishedAtMs ?? age.foundAtMs, age.foundAtMs);
  const next = AGES_MS.find((ageMs) => bornAtMs + ageMs > nowMs);
  return next === undefined ? null : bornAtMs + next;
}
