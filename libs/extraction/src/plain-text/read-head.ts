import { parseDate, type ParsedDate } from '@broadsheet/text';
import {
  endsEmphatically,
  endsSentence,
  holdsSentenceBorder,
  isUnpunctuatedScript,
  roughWords,
  weightOf,
} from '../clean-up/line-shape.ts';
import { isAgency } from '../phrases/agencies.ts';
import { foldLine } from '../phrases/fold-line.ts';
import { isFurniture, readLabel } from '../phrases/phrases.ts';
import type { LineLabel } from '../phrases/phrase-set.ts';
import { readByline, splitAuthors } from './author-line.ts';
import { readDateline } from './dateline.ts';
import { isListItem } from './reflow-lines.ts';
import { isSlugOf, isWireCode } from './wire-code.ts';

/** What the lines before the first paragraph of an agency's text say. */
export interface Head {
  readonly title: string | null;
  /** Headlines of the same article that lost. */
  readonly otherTitles: readonly string[];
  readonly description: string | null;
  readonly date: ParsedDate | null;
  readonly authors: readonly string[];
  readonly section: string | null;
  readonly keywords: readonly string[];
  readonly language: string | null;
  readonly place: string | null;
  readonly body: readonly string[];
}

const MOST_HEAD_LINES = 24;
const MOST_TITLES = 4;
const LONGEST_HEADLINE = 220;
const LONGEST_META_LINE = 120;
const LONGEST_NOTE = 260;
const LONGEST_QUESTION = 100;
/** `(Mon)`, and the same time elsewhere: `10:00 ET (14:00 GMT)`. */
const IN_BRACKETS = /\s*[(（](?:\p{L}{1,3}|\d{1,2}:\d{2}\s\p{Lu}{2,4})[)）]/u;
/** Marks by which wires tell headline and byline to machines: `^Headline<`, `^By NAME=`. */
const WIRE_MARKS = /^\^|[<=]$/gu;
/** What changed since the last version: `(Adds quotes, background)`. */
const VERSION_NOTE =
  /^\((?:adds?|clarifies|corrects?|fixes|inserts|recasts|refiles|releads|removes|repeats|rewrites|updates)\b.{0,250}\)$/i;
/** `Associated Press Writer` below a byline. */
const AGENCY_ROLE = / (?:staff )?(?:writer|correspondent|reporter)s?$/i;
const SPEAKER = /^\p{L}{1,20}:\s/u;

interface Findings {
  readonly labelled: Map<LineLabel, string[]>;
  readonly titles: string[];
  readonly authors: string[];
  date: ParsedDate | null;
}

/** `knownTitle` is a title from elsewhere: a labelled heading is then a description. */
export function readHead(paragraphs: readonly string[], knownTitle: string | null): Head {
  const found: Findings = { labelled: new Map(), titles: [], authors: [], date: null };
  let position = 0;
  for (; position < Math.min(paragraphs.length, MOST_HEAD_LINES); position++) {
    const line = (paragraphs[position] ?? '').replace(WIRE_MARKS, '');
    if (isWireCode(line) || takeMetaLine(line, found)) continue;
    if (opensBody(line, paragraphs[position + 1], found)) break;
    found.titles.push(line.replace(/^#{1,6}\s+/u, ''));
  }
  const reachedBody = position < Math.min(paragraphs.length, MOST_HEAD_LINES);
  return chooseHead(
    found,
    { rest: paragraphs.slice(position), isHeadOnly: !reachedBody },
    knownTitle,
  );
}

/** Whether a line tells something about the article and is neither headline nor text. */
export function isMetaLine(line: string): boolean {
  return takeMetaLine(line.replace(WIRE_MARKS, ''), {
    labelled: new Map(),
    titles: [],
    authors: [],
    date: null,
  });
}

function takeMetaLine(line: string, found: Findings): boolean {
  return (
    takeDate(line, found) ||
    takeLabelled(line, found) ||
    takeByline(line, found) ||
    (line.length <= LONGEST_META_LINE && isAgency(line.replace(AGENCY_ROLE, ''))) ||
    (line.length <= LONGEST_NOTE && VERSION_NOTE.test(line)) ||
    isFurniture(line) ||
    takeComposite(line, found)
  );
}

function takeDate(line: string, found: Findings): boolean {
  if (line.length > LONGEST_META_LINE) return false;
  const bare = line.replace(IN_BRACKETS, '');
  const placed = /^(\p{Lu}[^,:：\d]{1,40}),\s*(?=\S*\d|le\s|den\s)/u.exec(line);
  const placedDate = placed && parseDate(line.slice(placed[0].length));
  if (placed?.[1] !== undefined && placedDate) addLabelled(found, 'place', placed[1]);
  const date = placedDate ?? parseDate(bare) ?? wordedDate(line);
  if (date === null) return false;
  found.date ??= date;
  return true;
}

function addLabelled(found: Findings, label: LineLabel, value: string): void {
  if (value !== '') found.labelled.set(label, [...(found.labelled.get(label) ?? []), value]);
}

/** `Published on July 15, 2024`: a date label without its colon. */
function wordedDate(line: string): ParsedDate | null {
  const words = line.split(/\s+/u);
  for (let count = 1; count <= 2; count++) {
    if (readLabel(`${words.slice(0, count).join(' ')}:`)?.label !== 'date') continue;
    const date = parseDate(words.slice(count).join(' '));
    if (date !== null) return date;
  }
  return null;
}

function takeLabelled(line: string, found: Findings): boolean {
  const labelled = readLabel(line);
  if (labelled === null) return false;
  const { label, value } = labelled;
  // "By: The numbers behind …" and "Time: 10 weeks that …" are headlines with a colon.
  if (label === 'date' && parseDate(value) === null) return value === '';
  if (label === 'author' && (value.length > LONGEST_META_LINE || endsSentence(value))) return false;
  if (label === 'ignored' && value.length > LONGEST_HEADLINE) return false;
  addLabelled(found, label, value);
  return true;
}

function takeByline(line: string, found: Findings): boolean {
  const names = readByline(line);
  if (names === null) return false;
  found.authors.push(...names);
  return true;
}

/** `July 15, 2024 | By Ann Lee | 3 min read`: every part says something, or is short beside one that does. */
function takeComposite(line: string, found: Findings): boolean {
  if (line.length > LONGEST_META_LINE) return false;
  const parts = line.split(/\s*[|•·]\s*|\s+[-–—]\s+/u).filter((part) => part !== '');
  if (parts.length < 2 || parts.length > 5) return false;
  let told = 0;
  for (const part of parts) {
    if (takeDate(part, found) || takeByline(part, found)) told++;
    else if (roughWords(part) > 4) return false;
  }
  return told > 0;
}

function opensBody(line: string, next: string | undefined, found: Findings): boolean {
  if (isListItem(line) || weightOf(line) > LONGEST_HEADLINE) return true;
  if (readDateline(line)?.isCertain === true) return true;
  const hasTitle = found.titles.length > 0 || found.labelled.has('title');
  return hasTitle ? isParagraph(line) : isLongParagraph(line, next);
}

/** Below a headline, whatever closes like a sentence is text. */
function isParagraph(line: string): boolean {
  if (isUnpunctuatedScript(line) || endsSentence(line) || line.endsWith(':')) return true;
  if (!endsEmphatically(line)) return isLongQuestion(line);
  return SPEAKER.test(line) || holdsSentenceBorder(line) || weightOf(line) > LONGEST_QUESTION;
}

/** Without a headline so far, the line itself may be one. */
function isLongParagraph(line: string, next: string | undefined): boolean {
  if (isUnpunctuatedScript(line)) return line.length > LONGEST_META_LINE;
  if (endsSentence(line)) return !isHeadlineBefore(line, next);
  return isLongQuestion(line);
}

function isLongQuestion(line: string): boolean {
  return (
    holdsSentenceBorder(line) && (endsEmphatically(line) || weightOf(line) > LONGEST_META_LINE)
  );
}

/** A short sentence with a full stop is a headline only where the report visibly starts after it. */
function isHeadlineBefore(line: string, next: string | undefined): boolean {
  if (next === undefined || weightOf(line) > LONGEST_META_LINE || holdsSentenceBorder(line))
    return false;
  return readDateline(next)?.isCertain === true || isMetaLine(next);
}

interface Remainder {
  readonly rest: readonly string[];
  /** No paragraph of text was met, so what looked like headlines may be the text. */
  readonly isHeadOnly: boolean;
}

function chooseHead(
  found: Findings,
  { rest, isHeadOnly }: Remainder,
  knownTitle: string | null,
): Head {
  const { section, titles } = splitKicker(found.titles);
  const labels = labelledTitles(found, titles.length > 0 || knownTitle !== null);
  const title = labels.title ?? titles.shift() ?? null;
  const isHeadlineList = titles.length >= MOST_TITLES || isHeadOnly;
  const others = isHeadlineList ? [] : titles.filter((line) => !isSameLine(line, title));
  return {
    title,
    otherTitles: [...labels.others, ...others],
    description: labels.description ?? others.find((line) => roughWords(line) > 4) ?? null,
    section: firstOf(found, 'section') ?? section,
    body: isHeadlineList ? [...titles, ...rest] : rest,
    ...factsOf(found),
  };
}

/** `Heading:` describes the article, unless it is the only headline there is. */
function labelledTitles(found: Findings, hasOtherTitle: boolean) {
  const [first = null, second = null, ...others] = found.labelled.get('description') ?? [];
  const title = firstOf(found, 'title');
  if (title !== null || hasOtherTitle)
    return { title, description: first, others: second === null ? others : [second, ...others] };
  return { title: first, description: second, others };
}

function factsOf(found: Findings) {
  return {
    date: found.date ?? parseDate(firstOf(found, 'date') ?? ''),
    authors: authorsOf(found),
    keywords: listOf(firstOf(found, 'keywords')),
    language: firstOf(found, 'language'),
    place: firstOf(found, 'place'),
  };
}

function firstOf(found: Findings, label: LineLabel): string | null {
  return found.labelled.get(label)?.[0] ?? null;
}

function isSameLine(line: string, other: string | null): boolean {
  return other !== null && foldLine(line) === foldLine(other);
}

/** A word or two above a longer headline name the section: "World", "BUSINESS". */
function splitKicker(lines: readonly string[]): { section: string | null; titles: string[] } {
  const [first, second] = lines;
  const isKicker =
    first !== undefined &&
    second !== undefined &&
    roughWords(first) <= 3 &&
    first.length <= 30 &&
    roughWords(second) > roughWords(first) + 1;
  return isKicker
    ? { section: isSlugOf(first, second) ? null : first, titles: lines.slice(1) }
    : { section: null, titles: [...lines] };
}

function authorsOf(found: Findings): string[] {
  const labelled = (found.labelled.get('author') ?? []).flatMap(splitAuthors);
  const names = new Map<string, string>();
  for (const name of [...labelled, ...found.authors]) {
    if (!names.has(foldLine(name))) names.set(foldLine(name), name);
  }
  return [...names.values()];
}

function listOf(value: string | null): string[] {
  if (value === null) return [];
  return value
    .split(/[,;，、|]/u)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .slice(0, 50);
}
