import { parseDate, type ParsedDate } from '@broadsheet/text';
import { roleBefore, type DateRole } from './date-labels.ts';

/** A date as a page writes it. */
export interface WrittenDate extends ParsedDate {
  /** The other reading of `03/04/2024`; null where there is only one. */
  readonly swapped: ParsedDate | null;
}

/** A date among other words, and what the words before it say about it. */
export interface FoundDate {
  readonly date: WrittenDate;
  readonly role: DateRole | null;
  /** Where its day stands in the text. */
  readonly start: number;
  readonly end: number;
}

export interface DateConventions {
  /** 03/04/2024 is the 4th of March in the United States and the 3rd of April nearly everywhere else. */
  readonly isMonthFirst: boolean;
  /** When the page was read, ISO 8601. */
  readonly fetchedAt: string;
}

const EARLIEST_MS = Date.UTC(1990, 0, 1);
const DAY_MS = 86_400_000;
const LONGEST_DATED_TEXT = 400;
const MOST_FOUND = 20;
/** What every form of DATE_IN_TEXT holds. */
const MAY_HOLD_DATE = /\d{4}|\d[./-]\d{1,2}[./-]\d{2}/;
/** The name of a month that may stand in front of the first digit, in code units. */
const LONGEST_NAME = 28;
const UNIX_TIME = /^(\d{10})(\d{3})?$/;
const AMBIGUOUS = /^(?:[\p{L}.]{2,12},?\s)?(\d{1,2})(\s?[./|-]\s?)(\d{1,2})\2(\d{4}|\d{2})(?!\d)/u;
// Letters by what they are not: classes of Unicode take the engine longer to compile than to search by.
const DATE_IN_TEXT =
  /(?<![\d.])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:T\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?)?|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{1,2}(?:\.?\s|\s[./|-]\s)\d{1,2}(?:\.?\s|\s[./|-]\s)\d{4}|\d{1,2}(?:\.|st|nd|rd|th|er|º|-)?\s{0,3}(?:de\s{1,3}|of\s)?[^\s!-@[-`{-¿،\u2000-\u206f\u3000-\u303f\uff01-\uff20\uff5b-\uff65]{3,12}(?:\s?\/\s?[^\s!-@[-`{-¿،\u2000-\u206f\u3000-\u303f\uff01-\uff20\uff5b-\uff65]{3,12})?\.?,?-?\s{0,3}(?:de\s{1,3}|del\s{1,3})?\d{4}|\d{1,2}\s(?:tháng|thg)\s\d{1,2},?\s(?:năm\s)?\d{4}|\d{1,2}\s[\u0e00-\u0e7f.]{3,12}\s(?:พ\.ศ\.\s)?\d{4}|[^\s!-@[-`{-¿،\u2000-\u206f\u3000-\u303f\uff01-\uff20\uff5b-\uff65]{3,12}\.?\s{1,3}\d{1,2}(?:st|nd|rd|th)?,?\s{1,3}\d{4}|\d{4}\.?\s[^\s!-@[-`{-¿،\u2000-\u206f\u3000-\u303f\uff01-\uff20\uff5b-\uff65]{3,12}\.?\s\d{1,2}|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일])(?!\d)/g;
/** A time of day close behind a date, with its half of the day and its zone. */
const TIME_BEHIND =
  /^[^\p{L}\d]{0,4}(?:(?:um|at|às|à|as|alle|ore|kl|klo|o|a las|om|в|u|saat|الساعة)[.\s]{1,2})?(\d{1,2}[:.h]\d{2}(?::\d{2})?)(\s?[ap]\.?\s?m\b\.?)?(\s?(?:[+-]\d{2}:?\d{2}|[A-Z]{2,4}\b))?/u;

/** Reads the dates of one page by the conventions of its language. */
export class DateReader {
  readonly #conventions: DateConventions;
  // An element and those around it often have the same text.
  readonly #read = new Map<string, WrittenDate | null>();
  readonly #found = new Map<string, readonly FoundDate[]>();

  constructor(conventions: DateConventions) {
    this.#conventions = conventions;
  }

  /** The date that a text is, or null. */
  read(text: string | null | undefined): WrittenDate | null {
    if (text === null || text === undefined || text.length > LONGEST_DATED_TEXT) return null;
    const bare = text.trim();
    return remembered(this.#read, bare, () => {
      const unique = unixTime(bare) ?? parseDate(bare);
      return unique === null ? this.#readAmbiguous(bare) : this.accept(unique);
    });
  }

  /** Whether a date is that of the day on which the page was read: sites show it on every page. */
  isOfReading({ utc }: ParsedDate): boolean {
    return utc.slice(0, 10) === this.#conventions.fetchedAt.slice(0, 10);
  }

  /** The dates among the words of a text, in order. */
  find(text: string): readonly FoundDate[] {
    const head = text.slice(0, LONGEST_DATED_TEXT);
    return MAY_HOLD_DATE.test(head) ? remembered(this.#found, head, () => this.#find(head)) : [];
  }

  #find(head: string): readonly FoundDate[] {
    const found: FoundDate[] = [];
    DATE_IN_TEXT.lastIndex = Math.max(0, head.search(/\d/) - LONGEST_NAME);
    for (const match of head.matchAll(DATE_IN_TEXT)) {
      const start = match.index;
      const end = start + match[0].length;
      const date = this.#withTime(match[0], head.slice(end));
      if (date !== null) found.push({ date, role: roleBefore(head.slice(0, start)), start, end });
      if (found.length >= MOST_FOUND) break;
    }
    return found;
  }

  /** A date that was read elsewhere. */
  accept(date: ParsedDate): WrittenDate | null {
    return this.#isCredible(date) ? { ...date, swapped: null } : null;
  }

  #withTime(written: string, behind: string): WrittenDate | null {
    const [, clock, half = '', zone = ''] = TIME_BEHIND.exec(behind) ?? [];
    if (clock === undefined) return this.read(written);
    const time = `${clock.replace(/[.h]/u, ':')}${half.replaceAll(/[.\s]/gu, '')}`;
    return (
      this.read(`${written} ${time}${zone}`) ??
      this.read(`${written} ${time}`) ??
      this.read(written)
    );
  }

  #readAmbiguous(text: string): WrittenDate | null {
    const match = AMBIGUOUS.exec(text);
    if (match === null) return null;
    const [date, swapped = null] = this.#readingsOf(match, text.slice(match[0].length));
    return date === undefined ? null : { ...date, swapped };
  }

  /** Day first and month first, the likelier one first. */
  #readingsOf(match: RegExpExecArray, rest: string): readonly ParsedDate[] {
    const [, first = '', separator = '', second = '', year = ''] = match;
    const days = [isoDay(year, second, first), isoDay(year, first, second)];
    const readings = days.flatMap((day) => {
      const date = parseDate(day + rest);
      return date !== null && this.#isCredible(date) ? [date] : [];
    });
    const isMonthFirst = separator.trim() === '/' && this.#conventions.isMonthFirst;
    return isMonthFirst ? readings.reverse() : readings;
  }

  #isCredible(date: ParsedDate): boolean {
    return isCredible(date, this.#conventions.fetchedAt);
  }
}

function remembered<T>(known: Map<string, T>, text: string, read: () => T): T {
  const before = known.get(text);
  if (before !== undefined) return before;
  const value = read();
  known.set(text, value);
  return value;
}

/** Whether an article that was read then can be of that date: no later than a day after. */
export function isCredible({ utc }: ParsedDate, fetchedAt: string): boolean {
  const ms = Date.parse(utc);
  return ms >= EARLIEST_MS && ms <= Date.parse(fetchedAt) + DAY_MS;
}

function isoDay(year: string, month: string, day: string): string {
  const fullYear = year.length === 2 ? `20${year}` : year;
  return `${fullYear}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Seconds or milliseconds since 1970, as scripts write them. */
function unixTime(text: string): ParsedDate | null {
  const [, seconds, milliseconds = '000'] = UNIX_TIME.exec(text) ?? [];
  if (seconds === undefined) return null;
  const utc = new Date(Number(seconds + milliseconds)).toISOString();
  return { utc, precision: 'second', offset: '+00:00' };
}
