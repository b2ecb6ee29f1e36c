import { isFiller, isWeekday, monthOf } from './calendar-words.ts';

export interface CalendarDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** `15.07.2024`, `15/07/2024`, `14. 1. 2026.`, with the abbreviated `year` that some languages add. */
const NUMERIC = /^(\d{1,2})([/.-]) ?(\d{1,2})\2 ?(\d{4}|\d{2})\.?(?: [гр]\.?)?$/;
const SEPARATORS = /[\s,،.\-/|•·–—॰׳]+/u;
const ORDINAL = /(\d)(?:st|nd|rd|th|er|e|º|ª)(?![\p{L}\d])/gu;

/** Reads folded text that holds a day and nothing else; null for what is none, or ambiguous. */
export function readDay(text: string): CalendarDay | null {
  const numeric = NUMERIC.exec(withoutWeekday(text));
  if (numeric) {
    const [, first, separator = '', second, year] = numeric;
    // `15-07-24` may begin or end with its year.
    if (year?.length === 2 && separator === '-') return null;
    return dayMonthYear([Number(first), Number(second), yearOf(year ?? '')], separator);
  }
  const tokens = dayTokens(text);
  return tokens?.length === 3 ? dayOfTokens(tokens) : null;
}

function withoutWeekday(text: string): string {
  const match = /^(?:thu )?([\p{L}-]+)[.,،]*\s+/u.exec(text);
  const isNamed = match?.[1] !== undefined && isWeekday(match[1]);
  return isNamed ? text.slice(match[0].length) : text.replace(/,$/, '');
}

/** Dots mean day first everywhere; with slashes and dashes only a number over 12 tells. */
function dayMonthYear(
  [first, second, year]: readonly [number, number, number],
  separator: string,
): CalendarDay | null {
  if (separator === '.' || first > 12 || first === second) return validDay(year, second, first);
  return second > 12 ? validDay(year, first, second) : null;
}

/** Numbers and the month's name in order, without weekday and fillers; null at any other word. */
function dayTokens(text: string): string[] | null {
  const parts = dateParts(text);
  // `mar` is March, or Tuesday where another word names the month: `mar 3 mars 2026`.
  const hasSpareMonth = parts.filter((part) => monthOf(part) !== null).length > 1;
  const tokens: string[] = [];
  for (const part of parts) {
    const isMonth = monthOf(part) !== null && !(hasSpareMonth && isWeekday(part));
    if (isMonth || /^\d{1,4}$/.test(part)) tokens.push(part);
    else if (!isFiller(part) && !isWeekday(part)) return null;
  }
  return tokens;
}

/** The words of a date without articles; a month named in two ways (`نيسان / أبريل`) is named once. */
function dateParts(text: string): string[] {
  const parts = text
    .replace(ORDINAL, '$1')
    .split(SEPARATORS)
    .map((part) => part.replace(/^[ld]?’|^ב(?=.)/u, ''))
    .filter((part) => part !== '');
  const months = parts.map(monthOf);
  return parts.filter(
    (_part, index) => months[index] === null || months[index] !== months[index - 1],
  );
}

/** A number of four digits at the start is the year; without a month's name it has to be there. */
function dayOfTokens(tokens: readonly string[]): CalendarDay | null {
  const monthAt = tokens.findIndex((token) => monthOf(token) !== null);
  const [first = '', second = '', third = ''] = tokens.toSpliced(
    Math.max(monthAt, 0),
    monthAt < 0 ? 0 : 1,
  );
  const isYearFirst = first.length === 4;
  if (monthAt < 0) {
    return isYearFirst ? validDay(Number(first), Number(second), Number(third)) : null;
  }
  const month = monthOf(tokens[monthAt] ?? '') ?? 0;
  return isYearFirst
    ? validDay(Number(first), month, Number(second))
    : validDay(yearOf(second), month, Number(first));
}

/** Two digits as RFC 2822 §4.3 reads them. */
function yearOf(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  if (digits.length !== 2) return Number.NaN;
  return year < 50 ? 2000 + year : 1900 + year;
}

function validDay(year: number, month: number, day: number): CalendarDay | null {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return null;
  const lastDay = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return day <= lastDay ? { year, month, day } : null;
}
