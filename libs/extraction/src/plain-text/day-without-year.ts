import { parseDate, type ParsedDate } from '@broadsheet/text';

const DAY_MS = 86_400_000;
const LONGEST_AGE_DAYS = 6;
const LONGEST_LEAD_DAYS = 1;

/**
 * The date of a day that is written without its year (`July 15`), for a report that was read at
 * `fetchedAt`. Only a day of the week before is believed: an old report may be read in any year.
 */
export function dayBefore(day: string, fetchedAt: string): ParsedDate | null {
  const readMs = Date.parse(fetchedAt);
  if (Number.isNaN(readMs)) return null;
  const year = new Date(readMs).getUTCFullYear();
  for (const candidate of [year, year - 1, year + 1]) {
    const date = parseDate(day.includes('月') ? `${candidate}年${day}` : `${day} ${candidate}`);
    if (date === null) continue;
    const ageDays = (readMs - Date.parse(date.utc)) / DAY_MS;
    if (ageDays >= -LONGEST_LEAD_DAYS && ageDays < LONGEST_AGE_DAYS + 1) return date;
  }
  return null;
}
