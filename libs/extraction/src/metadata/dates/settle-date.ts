import type { ParsedDate } from '@broadsheet/text';
import type { Candidate } from '../ladder.ts';
import type { WrittenDate } from './read-date.ts';

type Dated = Candidate<WrittenDate> & { readonly value: WrittenDate };

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
const QUARTER_MINUTES = 15;
const MOST_BEHIND_MINUTES = -12 * 60;
const MOST_AHEAD_MINUTES = 14 * 60;

/**
 * What all sources together say of one date, the strongest first: which reading of `03/04/2024` is
 * meant, the time of a day, and the local time behind a UTC stamp.
 */
export function settleDates(
  candidates: readonly Candidate<WrittenDate>[],
  timeZone: string | null,
): readonly Candidate<ParsedDate>[] {
  const dated = candidates.filter((candidate): candidate is Dated => isDated(candidate));
  const told = dated.map((candidate, index) =>
    withAgreedReading(candidate, dated.toSpliced(index, 1)),
  );
  const [first, ...others] = told;
  if (first === undefined) return [];
  const finest =
    first.value.precision === 'day'
      ? (others.find((other) => isFiner(other, first)) ?? first)
      : first;
  const rest = told.filter((other) => other !== finest);
  const local = withLocalTime(finest.value, rest, timeZone);
  const agreed = agreedWithUrl(local, rest);
  if (agreed !== undefined) return [agreed, ...told.filter((other) => other !== agreed)];
  return [{ ...finest, value: local }, ...rest];
}

/** What the page shows and what its address says outweigh one stamp that says another day. */
function agreedWithUrl(date: ParsedDate, others: readonly Dated[]): Dated | undefined {
  const inUrl = others.find(({ from }) => from === 'url');
  if (inUrl === undefined || localDay(inUrl.value) === localDay(date)) return undefined;
  return others.find((other) => other !== inUrl && localDay(other.value) === localDay(inUrl.value));
}

function isDated({ value }: Candidate<WrittenDate>): boolean {
  return value !== null && value !== undefined;
}

/** An ambiguous date is read as another source reads it that leaves no doubt. */
function withAgreedReading(candidate: Dated, others: readonly Dated[]): Dated {
  const { swapped } = candidate.value;
  if (swapped === null) return candidate;
  const hasWitness = (day: string): boolean =>
    others.some(({ value }) => value.swapped === null && localDay(value) === day);
  if (hasWitness(localDay(candidate.value)) || !hasWitness(localDay(swapped))) return candidate;
  return { ...candidate, value: { ...swapped, swapped: null } };
}

function isFiner(other: Dated, { value }: Dated): boolean {
  return other.value.precision !== 'day' && localDay(other.value) === localDay(value);
}

/** Day on the wall clock where the date was written. */
function localDay(date: ParsedDate): string {
  return new Date(wallClockMs(date)).toISOString().slice(0, 10);
}

function wallClockMs({ utc, offset }: ParsedDate): number {
  return Date.parse(utc) + (offset === null ? 0 : minutesOf(offset)) * MINUTE_MS;
}

function minutesOf(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/**
 * Many sites write their stamps in UTC and show the reader another day. The offset is that between
 * the stamp and the same minute on another clock of the page, or one that gives the day it shows.
 */
function withLocalTime(
  date: WrittenDate,
  others: readonly Dated[],
  timeZone: string | null,
): ParsedDate {
  if (date.precision === 'day') return date;
  const isLocal = date.offset !== null && minutesOf(date.offset) !== 0;
  if (isLocal) return date;
  for (const { value } of others) {
    const shown = fromOtherClock(date, value);
    if (shown !== null) return shown;
  }
  return date.offset === null ? date : withShownDay(date, others, timeZone);
}

/** The same minute on two clocks: one in UTC or with an offset, the other on the wall. */
function fromOtherClock(date: WrittenDate, other: WrittenDate): ParsedDate | null {
  if (other.precision === 'day') return null;
  if (date.utc.slice(0, 16) === other.utc.slice(0, 16)) {
    const isLocal = other.offset !== null && minutesOf(other.offset) !== 0;
    return isLocal ? { ...date, offset: other.offset } : null;
  }
  if ((date.offset === null) === (other.offset === null)) return null;
  const [stamp, wall] = date.offset === null ? [other, date] : [date, other];
  const minutes =
    (floorToMinute(wallClockMs(wall)) - floorToMinute(Date.parse(stamp.utc))) / MINUTE_MS;
  return isOffset(minutes)
    ? { utc: stamp.utc, precision: date.precision, offset: offsetOf(minutes) }
    : null;
}

function floorToMinute(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}

function isOffset(minutes: number): boolean {
  return (
    minutes % QUARTER_MINUTES === 0 &&
    minutes >= MOST_BEHIND_MINUTES &&
    minutes <= MOST_AHEAD_MINUTES
  );
}

function withShownDay(
  date: WrittenDate,
  others: readonly Dated[],
  timeZone: string | null,
): ParsedDate {
  const days = others.filter(({ value }) => value.precision === 'day' || value.offset === null);
  for (const { value } of days) {
    const day = localDay(value);
    if (day === localDay(date)) return date;
    const minutes = offsetThatShows(day, date, timeZone);
    if (minutes !== null) return { ...date, offset: offsetOf(minutes) };
  }
  return date;
}

/** The offset of the page's time zone where that shows the day, else the smallest in whole hours. */
function offsetThatShows(day: string, { utc }: ParsedDate, timeZone: string | null): number | null {
  const ms = Date.parse(utc);
  const intoDay = Math.floor((ms - Date.parse(utc.slice(0, 10))) / MINUTE_MS);
  const isBefore = Date.parse(day) < ms;
  const smallest = isBefore
    ? -Math.ceil((intoDay + 1) / 60) * 60
    : Math.ceil((DAY_MINUTES - intoDay) / 60) * 60;
  const zoned = timeZone === null ? null : offsetIn(timeZone, ms);
  for (const minutes of [zoned, smallest]) {
    if (minutes === null || !isOffset(minutes)) continue;
    if (new Date(ms + minutes * MINUTE_MS).toISOString().startsWith(day)) return minutes;
  }
  return null;
}

/** The zones are those of our own list; making a clock takes longer than all else here. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    clocks.set(timeZone, clock);
  }
  return clock;
}

function offsetIn(timeZone: string, ms: number): number {
  const parts = clockOf(timeZone)
    .formatToParts(ms)
    .find(({ type }) => type === 'timeZoneName');
  const [, offset] = /GMT([+-]\d\d:\d\d)$/.exec(parts?.value ?? '') ?? [];
  return offset === undefined ? 0 : minutesOf(offset);
}

function offsetOf(minutes: number): string {
  const absolute = Math.abs(minutes);
  const hours = String(Math.floor(absolute / 60)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${hours}:${String(absolute % 60).padStart(2, '0')}`;
}
