import type { ExpiredArticles } from '@broadsheet/persistence';
import { z } from 'zod';

/** How long articles are kept after they were first seen, in days; null is for ever. */
export interface RetentionRules {
  readonly days: number | null;
  /** By id or name of a source; they go by these alone. */
  readonly daysBySource: ReadonlyMap<string, number | null>;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const MAX_DAYS = 36_500;
const SENTENCE = `must be a list such as The Example=30, Daily Other=0 with days from 0 to ${MAX_DAYS}`;

/** `source=days, source=days`; 0 days is for ever. The last `=` ends the name. */
export function sourceDaysSetting() {
  return z
    .string()
    .default('')
    .transform((text, context) => {
      const entries = text.split(',').filter((entry) => entry.trim() !== '');
      const read = entries.map(readEntry);
      if (read.every((entry) => entry !== null)) return new Map(read);
      context.addIssue({ code: 'custom', message: SENTENCE });
      return z.NEVER;
    });
}

function readEntry(entry: string): readonly [string, number | null] | null {
  const end = entry.lastIndexOf('=');
  const source = entry.slice(0, Math.max(0, end)).trim();
  const days = entry.slice(end + 1).trim();
  if (source === '' || !/^\d{1,5}$/.test(days) || Number(days) > MAX_DAYS) return null;
  return [source, Number(days) || null];
}

/** What has had its time, the rule for all first. */
export function decideExpired(rules: RetentionRules, now: Date): readonly ExpiredArticles[] {
  const limitOf = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString();
  const { days, daysBySource } = rules;
  const otherThan = [...daysBySource.keys()];
  const general = days === null ? [] : [{ seenBefore: limitOf(days), sources: null, otherThan }];
  const particular = [...daysBySource].flatMap(([source, own]) =>
    own === null ? [] : [{ seenBefore: limitOf(own), sources: [source], otherThan: [] }],
  );
  return [...general, ...particular];
}
