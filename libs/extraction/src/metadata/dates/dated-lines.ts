import { textOf, type PageNode } from '../../page/page-tree.ts';
import { holdsOtherStories } from '../other-stories.ts';
import type { DateReader, FoundDate, WrittenDate } from './read-date.ts';

const MAY_HOLD_DATE = /\d{4}|\d[./]\d{1,2}[./]\d{2}/;
const COPYRIGHT = /©|copyright/i;
const LONGEST_HEADING = 500;
const LONGEST_LABELLED = 300;
const LONGEST_PLACE = 40;
/** Closes a dateline: a date that a sentence goes on from is that of an event. */
const DATELINE_END = /^[)\].,\s]{0,3}[-–—:|)\]]/u;

/** The date that an article opens with: `29.11.2022 – Repeatedly …`, `Berlin, (12.11.2021). The …`. */
export function dateInLead(leads: readonly string[], reader: DateReader): WrittenDate | null {
  for (const lead of leads) {
    const [first] = reader.find(lead);
    if (first === undefined || first.start > LONGEST_PLACE || first.role === 'foreign') continue;
    if (first.role === 'published' || DATELINE_END.test(lead.slice(first.end))) return first.date;
  }
  return null;
}

/**
 * The date in the short lines of a page: one that is called so, else the one closest to the headline.
 * Today's date above the headline is the site's.
 */
export function dateInLines(
  lines: readonly string[],
  heading: PageNode | null,
  reader: DateReader,
): WrittenDate | null {
  const headline = heading === null ? '' : textOf(heading, LONGEST_HEADING);
  const at = headline === '' ? 0 : Math.max(lines.indexOf(headline), 0);
  const above = lines
    .slice(0, at)
    .toReversed()
    .flatMap((line) => datesOf(line, reader))
    .filter(({ date }) => !reader.isOfReading(date));
  const found = [...lines.slice(at).flatMap((line) => datesOf(line, reader)), ...above];
  const dates = found.filter(({ role }) => role === 'published');
  const [first] = dates.length > 0 ? dates : found.filter(({ role }) => role === null);
  return first?.date ?? found.find(({ role }) => role === 'modified')?.date ?? null;
}

/** Dates that the words before them call those of a publication, anywhere on the page. */
export function dateByLabel(root: PageNode, reader: DateReader): WrittenDate | null {
  for (const kid of root.kids) {
    if (typeof kid !== 'string') {
      const below = dateByLabel(kid, reader);
      if (below !== null && !holdsOtherStories(kid)) return below;
    } else if (kid.length <= LONGEST_LABELLED && MAY_HOLD_DATE.test(kid)) {
      const found = reader.find(kid).find(({ role }) => role === 'published');
      if (found !== undefined) return found.date;
    }
  }
  return null;
}

function datesOf(line: string, reader: DateReader): readonly Omit<FoundDate, 'start' | 'end'>[] {
  if (!MAY_HOLD_DATE.test(line) || COPYRIGHT.test(line)) return [];
  const whole = reader.read(line);
  return whole === null ? reader.find(line) : [{ date: whole, role: null }];
}
