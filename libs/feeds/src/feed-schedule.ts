/** When a feed wants to be asked, as it says itself. */
export interface FeedSchedule {
  /** How long the publisher wants the feed to be kept (ttl, or the sy module); null where it says nothing. */
  readonly keepForMinutes: number | null;
  /** Hours (UTC, 0 to 23) in which it does not want to be asked. */
  readonly skipHours: readonly number[];
  /** Days (UTC, 0 is Sunday) on which it does not want to be asked. */
  readonly skipDays: readonly number[];
}

export const NO_SCHEDULE: FeedSchedule = { keepForMinutes: null, skipHours: [], skipDays: [] };

interface WrittenSchedule {
  readonly ttl?: number | undefined;
  readonly skipHours?: readonly number[] | undefined;
  readonly skipDays?: readonly string[] | undefined;
  readonly sy?:
    | { readonly updatePeriod?: string | undefined; readonly updateFrequency?: number | undefined }
    | undefined;
}

const PERIOD_MINUTES: ReadonlyMap<string, number> = new Map([
  ['hourly', 60],
  ['daily', 1_440],
  ['weekly', 10_080],
  ['monthly', 43_200],
  ['yearly', 525_600],
]);
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Times of update per period (RSS 1.0 module Syndication). */
function periodMinutes({ sy }: WrittenSchedule): number | null {
  const period = PERIOD_MINUTES.get((sy?.updatePeriod ?? '').trim().toLowerCase());
  if (period === undefined) return null;
  const frequency = sy?.updateFrequency ?? 1;
  return frequency >= 1 ? period / frequency : period;
}

/** Some count the hours from 1 to 24. */
function hoursOf(hours: readonly number[]): readonly number[] {
  const valid = hours.filter((hour) => Number.isInteger(hour) && hour >= 0 && hour <= 24);
  return [...new Set(valid.map((hour) => hour % 24))];
}

export function toSchedule(written: WrittenSchedule): FeedSchedule {
  const days = (written.skipDays ?? []).map((day) => DAYS.indexOf(day.trim().toLowerCase()));
  return {
    keepForMinutes: written.ttl ?? periodMinutes(written),
    skipHours: hoursOf(written.skipHours ?? []),
    skipDays: [...new Set(days.filter((day) => day !== -1))],
  };
}
