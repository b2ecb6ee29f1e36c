import { parseDate, type ParsedDate } from '@broadsheet/text';
import { isAgency } from '../phrases/agencies.ts';
import { isKicker } from '../phrases/kickers.ts';
import { readLabel } from '../phrases/phrases.ts';

/** How an agency opens a report: `KYIV, Ukraine, July 15 (Reuters) — `. */
export interface Dateline {
  readonly place: string;
  /** Only where the dateline names the year. */
  readonly date: ParsedDate | null;
  /** `July 15`, as written, where it does not. */
  readonly day: string | null;
  /** An agency, a date or capitals stand beside the place, so it is no figure of speech. */
  readonly isCertain: boolean;
}

const LONGEST_DATELINE = 120;
const LONGEST_PLACE = 60;
const SEPARATOR =
  /\s+[-–—]{1,3}\s+|(?<=[)\]])\s*[-–—]+\s*|(?<=\p{Lu}{3})\s?(?:—|--)\s?|--(?=[(（])|(?<=[)\]])\s*(?::|\.-|\.–|\.—|=|\.)?\s+|\s*(?::|：)\s+|\.[-–—]+\s*|\s+=\s+|(?<=[/／]\p{Lu}{2,12}[/／])\.?\s+|(?<=[电電讯訊])\s*/gu;
const CONNECTORS: ReadonlySet<string> = new Set(
  'de del la las los el le les du des di da do dos das am an der den im in of the al and und et y e sur sous bei ob van na nad u w на в и'.split(
    ' ',
  ),
);
const MONTH_AND_DAY =
  /^(?:[\p{L}\p{M}]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?|(?:le\s+)?\d{1,2}(?:er|st|nd|rd|th)?\.?\s+(?:de\s+|d['’])?[\p{L}\p{M}]{3,12}\.?)$/u;
const CHINESE =
  /^(.{0,8}?(?:社|网|網|报|報))?(\p{Script=Han}{2,8}?)(?:(\d{1,2}月\d{1,2}日)|\d{1,2}日)[电電讯訊]/u;
const BRACKETED = /^[【[［(（]([^】\]］)）]{2,40})[】\]］)）]/u;
/** `(dpa/lno)` names the agency and its service. */
const IN_BRACKETS = /[\s,]*[(（]\s*([^()（）]{1,60}?)\s*[)）]\.?\s*$/u;
const IN_SLASHES = /[\s,]*[/／]\s*([^()（）/／]{1,60}?)\s*[/／]\.?\s*$/u;
const EAST_ASIAN_AGENCY = /(?:共同|時事|ロイター|AFP|AP|新华社|新華社|中央社)(?:通信)?$/u;

/** Reads the dateline at the start of a paragraph, or null. */
export function readDateline(paragraph: string): Dateline | null {
  const head = paragraph.slice(0, LONGEST_DATELINE);
  return readEastAsian(head) ?? readLeadingAgency(head) ?? readSeparated(head);
}

function readEastAsian(head: string): Dateline | null {
  const [, , chinese, day = null] = CHINESE.exec(head) ?? [];
  const place = chinese ?? placeInBrackets(BRACKETED.exec(head)?.[1] ?? '');
  return place === null ? null : { place: place.trim(), date: null, day, isCertain: true };
}

/** The place in front of the agency, as Japanese and Korean agencies write it in brackets. */
function placeInBrackets(bracketed: string): string | null {
  const [first = '', second] = bracketed.split(/[=＝]/u);
  if (second !== undefined) return isAgency(first) ? second : first;
  const [place = '', ...facts] = bracketed.split(/\s+/u);
  if (facts.some(isAgency)) return place;
  const agency = EAST_ASIAN_AGENCY.exec(bracketed);
  return agency && agency.index > 0 ? bracketed.slice(0, agency.index) : null;
}

/** `(ANSA) - ROMA, 15 LUG - `: the agency first. */
function readLeadingAgency(head: string): Dateline | null {
  const match = /^\((\p{L}[\p{L} .-]{0,20})\)\s*[-–—]?\s*/u.exec(head);
  if (match?.[1] === undefined || !isAgency(match[1])) return null;
  const dateline = readSeparated(head.slice(match[0].length));
  return dateline && { ...dateline, isCertain: true };
}

/** Ends at the first separator, or at the next one where a date stands between the two. */
function readSeparated(head: string): Dateline | null {
  let undated: Dateline | null = null;
  for (const separator of head.matchAll(SEPARATOR)) {
    const before = head.slice(0, separator.index).trim();
    const after = head.slice(separator.index + separator[0].length);
    if (before === '' || after === '') continue;
    const dateline = readPlace(before, separator[0].trim());
    if (undated !== null) return dateline?.place === undated.place ? dateline : undated;
    if (dateline !== null && dateline.date !== null) return dateline;
    undated = dateline;
    if (before.length > LONGEST_DATELINE) break;
  }
  return undated;
}

/** Whether a line is a dateline and nothing else: the report begins in the next line. */
export function isBareDateline(line: string): boolean {
  if (line.length > LONGEST_DATELINE) return false;
  const bare = line.replace(/[\s:：.–—-]+$/u, '');
  const signed = takeAgency(bare);
  const dated = takeDate(signed.rest);
  if (!signed.found || !isPlace(withoutEnd(dated.rest))) return false;
  return dated.found || bare.length < line.trimEnd().length;
}

function readPlace(before: string, separator: string): Dateline | null {
  const signed = takeAgency(before);
  const dated = takeDate(signed.rest);
  const place = withoutEnd(dated.rest);
  if (!isPlace(place)) return null;
  const isColon = /^[:：]/u.test(separator);
  const { date, day } = dated;
  if (signed.found || dated.found) return { place, date, day, isCertain: true };
  // Nothing but the sign behind it tells the place, so the sign must be a strong one.
  if (!isColon && !/^(?:[—–]|-{1,3})/u.test(separator)) return null;
  if (!couldStandAlone(place)) return null;
  const isCapitals = !/\p{Ll}/u.test(place.replace(/,.*$/u, ''));
  return { place, date: null, day: null, isCertain: isCapitals && !isColon };
}

/** A place without the region in square brackets, and without what stands between it and a date. */
function withoutEnd(place: string): string {
  return place.replace(/[\s,.;–—-]+$/u, '').replace(/\s*\[[^\]]{1,30}\]$/u, '');
}

/** Scripts without capitals do not show a name, and "Analysis:" is none. */
function couldStandAlone(place: string): boolean {
  return /\p{Lu}/u.test(place) && !isKicker(place) && readLabel(`${place}:`) === null;
}

function takeAgency(text: string): { rest: string; found: boolean } {
  const inBrackets = IN_BRACKETS.exec(text) ?? IN_SLASHES.exec(text);
  if (inBrackets?.[1] !== undefined && looksLikeAgency(inBrackets[1]))
    return { rest: text.slice(0, inBrackets.index), found: true };
  const lastComma = Math.max(text.lastIndexOf(','), text.lastIndexOf('،'));
  const bare = text.slice(lastComma + 1).trim();
  if (lastComma > 0 && isAgency(bare)) return { rest: text.slice(0, lastComma), found: true };
  return { rest: text, found: false };
}

/** A known agency, or a short name with a capital: "(Agency)", "(Own correspondent)". */
function looksLikeAgency(name: string): boolean {
  return (
    name.split(/[/,;·|]/u).some((part) => isAgency(part)) || /^\p{Lu}[\p{L} .&-]{1,30}$/u.test(name)
  );
}

interface TakenDate {
  readonly rest: string;
  readonly found: boolean;
  readonly date: ParsedDate | null;
  readonly day: string | null;
}

/** Takes the longest run of comma-separated parts at the end that is a date. */
function takeDate(text: string): TakenDate {
  const starts = [...text.matchAll(/[,،]\s*|\s+(?=\d)|\s+[-–—]\s+/gu)];
  for (const start of starts) {
    const tail = text.slice(start.index + start[0].length).replace(/[\s.]+$/u, '');
    const date = parseDate(tail);
    if (date !== null || MONTH_AND_DAY.test(tail)) {
      const day = date === null ? tail : null;
      return { rest: text.slice(0, start.index), found: true, date, day };
    }
  }
  return { rest: text, found: false, date: null, day: null };
}

function isPlace(text: string): boolean {
  if (text.length < 2 || text.length > LONGEST_PLACE || /[\d!?"“”«»„@#*]/u.test(text)) return false;
  const words = text.split(/[\s/]+/u).filter((word) => word !== '');
  if (words.length > 6) return false;
  return words.every(
    (word, index) =>
      /^[(\p{Lu}\p{Lo}]/u.test(word) ||
      (index > 0 && CONNECTORS.has(word.toLowerCase())) ||
      /^(?:al|el|d|l)[-'’]\p{Lu}/u.test(word),
  );
}
