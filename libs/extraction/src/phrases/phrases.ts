import en from './data/en.json' with { type: 'json' };
import de from './data/de.json' with { type: 'json' };
import fr from './data/fr.json' with { type: 'json' };
import es from './data/es.json' with { type: 'json' };
import it from './data/it.json' with { type: 'json' };
import pt from './data/pt.json' with { type: 'json' };
import ro from './data/ro.json' with { type: 'json' };
import nl from './data/nl.json' with { type: 'json' };
import sv from './data/sv.json' with { type: 'json' };
import noDa from './data/no-da.json' with { type: 'json' };
import fi from './data/fi.json' with { type: 'json' };
import hu from './data/hu.json' with { type: 'json' };
import tr from './data/tr.json' with { type: 'json' };
import pl from './data/pl.json' with { type: 'json' };
import csSk from './data/cs-sk.json' with { type: 'json' };
import ru from './data/ru.json' with { type: 'json' };
import uk from './data/uk.json' with { type: 'json' };
import el from './data/el.json' with { type: 'json' };
import zh from './data/zh.json' with { type: 'json' };
import ja from './data/ja.json' with { type: 'json' };
import ko from './data/ko.json' with { type: 'json' };
import ar from './data/ar.json' with { type: 'json' };
import he from './data/he.json' with { type: 'json' };
import hi from './data/hi.json' with { type: 'json' };
import viId from './data/vi-id.json' with { type: 'json' };
import th from './data/th.json' with { type: 'json' };
import { foldLine } from './fold-line.ts';
import type { LineLabel, PhraseSet } from './phrase-set.ts';

// The language of a page is unknown before its text is, so the lists of all languages apply at once.
const SETS: readonly PhraseSet[] = [
  en,
  de,
  fr,
  es,
  it,
  pt,
  ro,
  nl,
  sv,
  noDa,
  fi,
  hu,
  tr,
  pl,
  csSk,
  ru,
  uk,
  el,
  zh,
  ja,
  ko,
  ar,
  he,
  hi,
  viId,
  th,
];

const LONGEST_FURNITURE_LINE = 160;
const LONGEST_LABEL = 40;
const LONGEST_COUNT = 30;

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
  return (
    furnitureLines.has(folded) ||
    (folded.length <= LONGEST_COUNT && furnitureLines.has(withoutNumbers(folded))) ||
    startOf(furnitureStarts, line) !== null
  );
}

/** "5 min read" and "12 shares" are what they are whatever the number. */
function withoutNumbers(folded: string): string {
  return folded
    .replace(/\p{N}+/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
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

/** Starts by their first two characters, or by the only one; longest first. */
function lineStarts(
  pick: (set: PhraseSet) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const starts = [...new Set(SETS.flatMap(pick).map((start) => start.toLowerCase()))];
  return Map.groupBy(
    starts.toSorted((a, b) => b.length - a.length),
    (start) => start.slice(0, 2),
  );
}

function startOf(starts: ReadonlyMap<string, readonly string[]>, line: string): string | null {
  const head = line.slice(0, 80).toLowerCase();
  const isStart = (start: string): boolean => head.startsWith(start) && endsAtWord(head, start);
  return (
    starts.get(head.slice(0, 2))?.find(isStart) ?? starts.get(head.charAt(0))?.find(isStart) ?? null
  );
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
