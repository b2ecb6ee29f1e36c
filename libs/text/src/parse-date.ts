import { type CalendarDay, readDay } from './calendar-day.ts';
import {
  expandMarkedMonths,
  expandVietnameseDay,
  foldDigits,
  joinLevantineMonths,
} from './asian-dates.ts';
import { foldWord, isDateWord } from './calendar-words.ts';
import { readZone, type WrittenZone } from './time-zones.ts';

export interface ParsedDate {
  /** ISO 8601 with `Z`, to the millisecond. */
  readonly utc: string;
  readonly precision: 'day' | 'minute' | 'second';
  /** `+02:00`, from a numeric offset or a named zone; null where none was written. */
  readonly offset: string | null;
}

interface ClockTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly hasSeconds: boolean;
}

interface TimePart {
  readonly time: ClockTime;
  readonly zone: WrittenZone | null;
  /** What is left of the text when time and zone are taken out. */
  readonly rest: string;
}

const MAX_DATE_LENGTH = 120;
const ANY_DIGIT = /\p{Nd}/u;
/** Most stamps of machines, capitals and all. */
const STAMP =
  /^\d{4}-\d{2}-\d{2}[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)?$/;
/** `:59.123` */
const LONGEST_SECONDS = 7;
/** A day and a year of two digits. */
const LEAST_DIGITS = /\d\D*\d\D*\d/;
/** A whole word of unaccented letters. */
const FIRST_WORD = /^[a-z]+(?=[\s,.\-/|]|$)/;
// oxlint-disable-next-line no-control-regex
const IS_ASCII = /^[\u0000-\u007f]*$/;
const MERIDIEM_BEFORE = /(오전|오후|上午|下午|午前|午後)\s*$/u;
const MERIDIEM_AFTER = /^\s*(am|a\.m\.?|pm|p\.m\.?)(?![a-z])/;
const TIME =
  /(?<![\d:])(\d{1,2})(?::(\d{2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?(?![\d:])|\s*(?=[ap]\.?m\b))/;

/**
 * Reads one date as feeds, headers and pages write it: RFC 822 and 2822, HTTP, asctime, ISO 8601
 * profiles, month names of some thirty languages. Without a zone the time is UTC. Null for what is
 * no date, is impossible (31 February), is ambiguous (`03/04/2024`) or names no day.
 */
export function parseDate(text: string): ParsedDate | null {
  if (text.length > MAX_DATE_LENGTH || !ANY_DIGIT.test(text)) return null;
  return readStamp(text) ?? readWritten(text);
}

function readWritten(text: string): ParsedDate | null {
  const line = foldLine(text);
  if (!LEAST_DIGITS.test(line) || !beginsLikeDate(line)) return null;
  const folded = expandCompactForms(expandVietnameseDay(line));
  const timed = takeTime(folded);
  if (timed === 'impossible') return null;
  const day = readDay((timed?.rest ?? folded).trim());
  if (!day) return null;
  return timed ? atTime(day, timed) : atDay(day);
}

/** The short way for what is written by rule; null sends the rest the long way. */
function readStamp(text: string): ParsedDate | null {
  if (!STAMP.test(text) || text < '1000' || text > '9998') return null;
  const [day, minutes, behind] = [text.slice(0, 10), text.slice(11, 16), text.slice(16)];
  const zoneAt = behind.search(/[Z+-]|$/);
  const seconds = behind.slice(0, Math.min(zoneAt, LONGEST_SECONDS));
  const zone = behind.slice(zoneAt);
  const clock = minutes + (seconds === '' ? ':00' : seconds);
  const wallClock = new Date(`${day}T${clock}Z`);
  if (!isOfDay(wallClock, day)) return null;
  const utc = zone === '' ? wallClock : new Date(`${day}T${clock}${zone}`);
  return {
    utc: utc.toISOString(),
    precision: seconds === '' ? 'minute' : 'second',
    offset: zone === '' ? null : zone.replace(/^(?:Z|-00:00)$/, '+00:00'),
  };
}

/** The 31st of February becomes a day of March, or none at all. */
function isOfDay(date: Date, day: string): boolean {
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** Most texts that hold a number are none: the first word tells, before the dear steps. */
function beginsLikeDate(line: string): boolean {
  const word = FIRST_WORD.exec(line)?.[0];
  return word === undefined || isDateWord(word);
}

/** One spelling of digits, letters and blanks; the marks of right-to-left text are dropped. */
function foldLine(text: string): string {
  if (IS_ASCII.test(text)) return foldAscii(text);
  const visible = foldDigits(text.normalize('NFKC').replace(/[\u200e\u200f]/g, ''));
  const folded = foldWord(expandMarkedMonths(visible)).replace(/\s+/gu, ' ').trim();
  return joinLevantineMonths(folded);
}

/** What most dates come to, without the steps for other scripts. */
function foldAscii(text: string): string {
  return text.toLowerCase().replaceAll("'", '’').replace(/\s+/g, ' ').trim();
}

function expandCompactForms(text: string): string {
  return text
    .replace(/^(\d{4})(\d{2})(\d{2})(?=t|$)/, '$1-$2-$3')
    .replace(
      /^(\d{4}-\d{2}-\d{2}t\d{2})(\d{2})(\d{2})?(?!\d)/,
      (_all, start: string, minute: string, second?: string) =>
        second === undefined ? `${start}:${minute}` : `${start}:${minute}:${second}`,
    )
    .replace(/(\d)t(?=\d{1,2}:)/, '$1 ')
    .replace(/\b(\d{1,2})h(\d{2})\b/, '$1:$2')
    .replace(/^(\d{4}-\d{2}-\d{2})(?:z|[+-]\d{2}:\d{2})$/, '$1')
    .replace(/(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]/u, '$1-$2-$3 ')
    .replace(/(\d{1,2})\s*[時时시]\s*(\d{1,2})\s*[分분]/u, '$1:$2 ');
}

function takeTime(text: string): TimePart | 'impossible' | null {
  const match = TIME.exec(text);
  if (!match) return null;
  let before = text.slice(0, match.index);
  let after = text.slice(match.index + match[0].length);
  const early = MERIDIEM_BEFORE.exec(before)?.[1];
  if (early !== undefined) before = before.replace(MERIDIEM_BEFORE, '');
  const late = MERIDIEM_AFTER.exec(after);
  if (late) after = after.slice(late[0].length);
  const time = clockTime(match, meridiem(early ?? late?.[1]));
  if (!time) return 'impossible';
  const trimmed = after.trimStart();
  const zone = readZone(trimmed);
  const rest = zone ? withoutZoneComment(trimmed.slice(zone.length)) : after;
  return { time, zone, rest: `${before} ${rest}` };
}

/** `+0000 (UTC)`, `GMT+0200 (Central European Summer Time)`: the offset has said it already. */
function withoutZoneComment(text: string): string {
  return text.replace(/^\s*\([a-z ]{1,60}\)/, '');
}

function meridiem(word: string | undefined): 'am' | 'pm' | null {
  if (word === undefined) return null;
  return word.startsWith('p') || ['오후', '下午', '午後'].map(foldWord).includes(word)
    ? 'pm'
    : 'am';
}

function clockTime(match: RegExpExecArray, half: 'am' | 'pm' | null): ClockTime | null {
  const written = Number(match[1]);
  const minute = Number(match[2] ?? '0');
  const second = Number(match[3] ?? '0');
  if (match[2] === undefined && half === null) return null;
  const hour = hourOfDay(written, half);
  // Second 60 is a leap second; it is told as the second before.
  if (hour > 23 || minute > 59 || second > 60) return null;
  const millisecond = Number((match[4] ?? '').padEnd(3, '0').slice(0, 3));
  return {
    hour,
    minute,
    second: Math.min(second, 59),
    millisecond,
    hasSeconds: match[3] !== undefined,
  };
}

/** `13:00 PM` is written by machines that print both forms: the 24-hour reading stands. */
function hourOfDay(written: number, half: 'am' | 'pm' | null): number {
  if (half === 'pm' && written < 12) return written + 12;
  if (half === 'am' && written === 12) return 0;
  return written;
}

function utcMs(day: CalendarDay, time: ClockTime): number {
  const date = new Date(0);
  date.setUTCFullYear(day.year, day.month - 1, day.day);
  return date.setUTCHours(time.hour, time.minute, time.second, time.millisecond);
}

const MIDNIGHT: ClockTime = { hour: 0, minute: 0, second: 0, millisecond: 0, hasSeconds: false };

function atDay(day: CalendarDay): ParsedDate {
  return { utc: new Date(utcMs(day, MIDNIGHT)).toISOString(), precision: 'day', offset: null };
}

function atTime(day: CalendarDay, { time, zone }: TimePart): ParsedDate | null {
  const wallClockMs = utcMs(day, time);
  const offsetMinutes = zone?.offsetMinutesAt(new Date(wallClockMs)) ?? 0;
  const utc = new Date(wallClockMs - offsetMinutes * 60_000);
  if (utc.getUTCFullYear() < 1 || utc.getUTCFullYear() > 9999) return null;
  return {
    utc: utc.toISOString(),
    precision: time.hasSeconds ? 'second' : 'minute',
    offset: zone ? writtenOffset(offsetMinutes) : null,
  };
}

function writtenOffset(minutes: number): string {
  const absolute = Math.abs(minutes);
  const hours = String(Math.floor(absolute / 60)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${hours}:${String(absolute % 60).padStart(2, '0')}`;
}
