import { isSilent } from '@broadsheet/crawl-policy';
import type { Source, SourceHealth } from '@broadsheet/persistence';
import { z } from 'zod';

const Moment = z.iso.datetime().nullable();

const SourceHealthView = z.strictObject({
  lastPolledAt: Moment,
  lastSuccessAt: Moment,
  lastError: z
    .strictObject({ code: z.string(), detail: z.string(), at: z.iso.datetime() })
    .nullable()
    .meta({ description: 'of the last poll; null once a poll has succeeded again' }),
  nextPollAt: Moment.meta({ description: 'null while the source is paused' }),
  nextPollReason: z
    .string()
    .nullable()
    .meta({ description: 'why then; null until the fetcher has taken the source up' }),
  askedWholeBecause: z
    .string()
    .nullable()
    .meta({
      description:
        'why the last poll asked for the whole document: never-read, no-validators, validators-lied, ' +
        'daily-check, news-overdue; null where it asked for what had changed',
    }),
  feedUrl: z
    .string()
    .nullable()
    .meta({ description: 'where the source is asked, when that is not its own address' }),
  intervalMs: z.int().nullable().meta({ description: 'between two polls while all is well' }),
  consecutiveFailures: z.int().nonnegative(),
  lastItemAt: Moment.meta({ description: 'when it last had news' }),
  itemGapMs: z.int().nullable().meta({ description: 'usual time between two polls with news' }),
  silent: z.boolean().meta({ description: 'quiet for longer than its own rhythm explains' }),
  itemsSeen: z.int().nonnegative().meta({ description: 'items that were new when they were seen' }),
  itemsPerDay: z
    .number()
    .nonnegative()
    .nullable()
    .meta({ description: 'new items a day of late; null in its first day' }),
});

export const SourceView = z
  .strictObject({
    id: z.uuid(),
    url: z.string(),
    name: z.string().nullable(),
    folder: z.string().nullable(),
    selector: z
      .string()
      .nullable()
      .meta({ description: 'CSS: which links of a page are its articles' }),
    enabled: z.boolean(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    health: SourceHealthView,
  })
  .meta({ id: 'Source' });
type SourceView = z.infer<typeof SourceView>;

export const SourcePage = z
  .strictObject({
    items: z.array(SourceView),
    next: z.string().nullable().meta({ description: 'cursor of the next page' }),
  })
  .meta({ id: 'SourcePage' });
export type SourcePage = z.infer<typeof SourcePage>;

function isoOf(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}

function isQuiet({ rhythm }: SourceHealth, nowMs: number): boolean {
  const { lastItemAt, itemGapMs: gapMs, itemGaps: gapsSeen } = rhythm;
  return isSilent({ lastItemAtMs: lastItemAt?.getTime() ?? null, gapMs, gapsSeen }, nowMs);
}

function toHealthView(health: SourceHealth, nowMs: number): SourceView['health'] {
  const { lastError, rhythm } = health;
  return {
    lastPolledAt: isoOf(health.lastPolledAt),
    lastSuccessAt: isoOf(health.lastSuccessAt),
    lastError: lastError === null ? null : { ...lastError, at: lastError.at.toISOString() },
    nextPollAt: isoOf(health.nextPollAt),
    nextPollReason: health.nextPollReason,
    askedWholeBecause: health.askedWholeBecause,
    feedUrl: health.feedUrl,
    intervalMs: health.intervalMs,
    consecutiveFailures: health.consecutiveFailures,
    lastItemAt: isoOf(rhythm.lastItemAt),
    itemGapMs: rhythm.itemGapMs,
    silent: isQuiet(health, nowMs),
    itemsSeen: health.itemsSeen,
    itemsPerDay: rounded(health.itemsPerDay),
  };
}

export function toSourceView(source: Source, nowMs: number): SourceView {
  const { id, url, name, folder, selector, enabled } = source;
  return {
    id,
    url,
    name,
    folder,
    selector,
    enabled,
    createdAt: source.createdAt.toISOString(),
    updatedAt: source.updatedAt.toISOString(),
    health: toHealthView(source.health, nowMs),
  };
}
