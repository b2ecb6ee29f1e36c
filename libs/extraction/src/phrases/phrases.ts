import {
  ARABIC,
  CHINESE,
  HEBREW,
  HINDI,
  JAPANESE,
  KOREAN,
  THAI,
  VIETNAMESE_AND_INDONESIAN,
} from './asian.ts';
import { CZECH_AND_SLOVAK, GREEK, POLISH, RUSSIAN, UKRAINIAN } from './eastern.ts';
import { ENGLISH } from './english.ts';
import { foldLine } from './fold-line.ts';
import { GERMAN } from './german.ts';
import { DUTCH, FINNISH, HUNGARIAN, NORWEGIAN_AND_DANISH, SWEDISH, TURKISH } from './northern.ts';
import type { LineLabel, PhraseSet } from './phrase-set.ts';
import { FRENCH, ITALIAN, PORTUGUESE, ROMANIAN, SPANISH } from './romance.ts';

// The language of a page is unknown before its text is, so the lists of all languages apply at once.
const SETS: readonly PhraseSet[] = [
  ENGLISH,
  GERMAN,
  FRENCH,
  SPANISH,
  ITALIAN,
  PORTUGUESE,
  ROMANIAN,
  DUTCH,
  SWEDISH,
  NORWEGIAN_AND_DANISH,
  FINNISH,
  HUNGARIAN,
  TURKISH,
  POLISH,
  CZECH_AND_SLOVAK,
  RUSSIAN,
  UKRAINIAN,
  GREEK,
  CHINESE,
  JAPANESE,
  KOREAN,
  ARABIC,
  HEBREW,
  HINDI,
  VIETNAMESE_AND_INDONESIAN,
  THAI,
];

const LONGEST_FURNITURE_LINE = 160;
const LONGEST_LABEL = 40;

const tailHeadings = wholeLines((set) => set.tailHeadings);
const furnitureLines = wholeLines((set) => set.furnitureLines);
const furnitureStarts = lineStarts((set) => set.furnitureStarts);
const paywallStarts = lineStarts((set) => set.paywallStarts);
const bylineStarts = lineStarts((set) => set.bylineStarts);
const labels = labelTable();

export const AUTHOR_JOINTS: ReadonlySet<string> = new Set(SETS.flatMap((set) => set.authorJoints));

/** Whether the line alone says that the article is over: "Related Articles". */
export function isTailHeading(line: string): boolean {
  return line.length <= LONGEST_LABEL * 2 && tailHeadings.has(foldLine(line));
}

/** Whether the line belongs to the site around an article: "Advertisement", "Read more: …". */
export function isFurniture(line: string): boolean {
  if (line.length > LONGEST_FURNITURE_LINE) return false;
  const folded = foldLine(line);
  return furnitureLines.has(folded) || startOf(furnitureStarts, line) !== null;
}

export function isPaywallLine(line: string): boolean {
  return startOf(paywallStarts, line) !== null;
}

/** What follows "By " or "Von ", or null where the line opens with no such words. */
export function afterBylineStart(line: string): string | null {
  const start = startOf(bylineStarts, line);
  return start === null ? null : line.slice(start.length);
}

/** Splits `Subheading: what follows` where the word before the colon is a known label. */
export function readLabel(line: string): { label: LineLabel; value: string } | null {
  const colon = line.search(/[:：]/u);
  if (colon < 1 || colon > LONGEST_LABEL) return null;
  const label = labels.get(foldLine(line.slice(0, colon)));
  return label === undefined ? null : { label, value: line.slice(colon + 1).trim() };
}

function wholeLines(pick: (set: PhraseSet) => readonly string[]): ReadonlySet<string> {
  return new Set(SETS.flatMap(pick).map(foldLine));
}

/** Starts by their first character, longest first. */
function lineStarts(
  pick: (set: PhraseSet) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const starts = [...new Set(SETS.flatMap(pick).map((start) => start.toLowerCase()))];
  return Map.groupBy(
    starts.toSorted((a, b) => b.length - a.length),
    (start) => start.charAt(0),
  );
}

function startOf(starts: ReadonlyMap<string, readonly string[]>, line: string): string | null {
  const head = line.slice(0, 80).toLowerCase();
  const candidates = starts.get(head.charAt(0));
  return candidates?.find((start) => head.startsWith(start) && endsAtWord(head, start)) ?? null;
}

/** "By" starts "By Ann", not "Bypass"; scripts without spaces have no such border. */
function endsAtWord(head: string, start: string): boolean {
  if (!/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{N}]$/u.test(start))
    return true;
  return !/^[\p{L}\p{M}\p{N}]/u.test(head.slice(start.length));
}

function labelTable(): ReadonlyMap<string, LineLabel> {
  const table = new Map<string, LineLabel>();
  for (const set of SETS) {
    for (const [label, words] of Object.entries(set.labels) as [LineLabel, readonly string[]][]) {
      for (const word of words) if (!table.has(foldLine(word))) table.set(foldLine(word), label);
    }
  }
  return table;
}
