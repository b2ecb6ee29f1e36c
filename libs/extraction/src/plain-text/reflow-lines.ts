import { withoutClosers } from '../clean-up/line-shape.ts';

/** A text whose longest line is within these columns may have been wrapped by a machine. */
const MIN_WRAP_COLUMNS = 40;
const MAX_WRAP_COLUMNS = 100;
const LIST_ITEM = /^\s*(?:[-*•‣◦▪–—]|\d{1,2}[.)])\s+\S/u;
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/gu;
const WIDE_END =
  /[\u2e80-\u30ff\u3100-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffef]$/u;
const WIDE_START =
  /^[\u2e80-\u30ff\u3100-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffef]/u;
const UNSPACED_END = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u;
const UNSPACED_START = /^[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Decides whether a line that keeps its own paragraph (a byline, a label) stands here. */
export type StandsAlone = (line: string) => boolean;

/**
 * Paragraphs of a text: separated by blank lines, or by line ends where lines are not wrapped.
 * Lines that a machine wrapped at a fixed width are joined again.
 */
export function splitParagraphs(text: string, standsAlone: StandsAlone): string[] {
  const groups = blankSeparated(text);
  const wrap = findWrap(groups);
  return groups.flatMap((lines) => (wrap ? joinWrapped(lines, wrap, standsAlone) : byLine(lines)));
}

export function isListItem(line: string): boolean {
  return LIST_ITEM.test(line);
}

function blankSeparated(text: string): string[][] {
  const groups: string[][] = [];
  let group: string[] = [];
  for (const raw of text.split(/\r\n|[\n\r\u0085\u2028\u2029]/u)) {
    const line = raw.trimEnd();
    if (line.trim() !== '') group.push(line);
    else if (group.length > 0) {
      groups.push(group);
      group = [];
    }
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

interface Wrap {
  readonly columns: number;
  /** Blank lines or indents mark the paragraphs, so a short line inside one is no end. */
  readonly isMarked: boolean;
}

/** Wrapped is a text in which most lines end where the next word would not have fitted. */
function findWrap(groups: readonly string[][]): Wrap | null {
  const pairs = groups.flatMap(linePairs);
  const columns = usualLength(pairs.map(([line]) => columnsOf(line)));
  if (columns < MIN_WRAP_COLUMNS || columns > MAX_WRAP_COLUMNS) return null;
  if (holdsLongLines(groups.flat(), columns)) return null;
  const full = pairs.filter(([line, next]) => isFull(line, next, columns)).length;
  if (full === 0 || full < pairs.length * 0.5) return null;
  const isMarked = groups.length > 2 || groups.some((lines) => lines.slice(1).some(isIndented));
  return { columns, isMarked };
}

/** Neighbouring lines of a paragraph. */
function linePairs(lines: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (next !== undefined && !isListItem(next)) pairs.push([line, next]);
  }
  return pairs;
}

/** The length that nineteen of twenty lines keep: an address may stick out. */
function usualLength(lengths: readonly number[]): number {
  const sorted = lengths.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}

/** A text with much in longer lines was not wrapped; two short lines stand together by chance. */
function holdsLongLines(lines: readonly string[], columns: number): boolean {
  let all = 0;
  let long = 0;
  for (const line of lines) {
    const length = columnsOf(line);
    all += length;
    if (length > columns * 1.2) long += length;
  }
  return long > all * 0.3;
}

function isFull(line: string, next: string, columns: number): boolean {
  // Hand-set lines end a word early now and then; a tenth of the width is allowed for that.
  return columnsOf(line) + 1 + columnsOf(firstWord(next)) > columns * 0.9;
}

function byLine(lines: readonly string[]): string[] {
  const paragraphs: string[] = [];
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    const previous = lines[index - 1];
    if (previous !== undefined && isListItem(previous) && isListItem(raw))
      paragraphs.push(`${paragraphs.pop() ?? ''}\n${line}`);
    else paragraphs.push(line);
  }
  return paragraphs;
}

function joinWrapped(group: readonly string[], wrap: Wrap, standsAlone: StandsAlone): string[] {
  const lines = withoutCommonIndent(group);
  const paragraphs: string[][] = [];
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    const previous = lines[index - 1];
    const current = paragraphs.at(-1);
    if (previous === undefined || current === undefined) paragraphs.push([line]);
    else if (isListItem(raw) && isListItem(current[0] ?? '')) current.push('\n', line);
    else if (isBreak(previous, raw, wrap) || standsAlone(previous.trim()) || standsAlone(line))
      paragraphs.push([line]);
    else current.push(seamBetween(previous, line), line);
  }
  return paragraphs.map((parts) => parts.join(''));
}

function withoutCommonIndent(lines: readonly string[]): readonly string[] {
  const indents = lines.map((line) => line.length - line.trimStart().length);
  const common = indents.reduce((least, indent) => Math.min(least, indent), Infinity);
  return common > 0 ? lines.map((line) => line.slice(common)) : lines;
}

function isBreak(line: string, next: string, wrap: Wrap): boolean {
  if (isListItem(next)) return true;
  if (isIndented(next) && endsClause(line)) return true;
  if (isFull(line, next, wrap.columns)) return false;
  if (columnsOf(line) < wrap.columns * 0.5) return true;
  return !wrap.isMarked && endsClause(line);
}

/** Scripts without blanks and words cut at a hyphen join without one. */
function seamBetween(line: string, next: string): string {
  const end = line.trimEnd().slice(-2);
  const touches =
    (WIDE_END.test(end) && WIDE_START.test(next)) ||
    (UNSPACED_END.test(end) && UNSPACED_START.test(next)) ||
    /[\p{L}\p{N}][-‐]$/u.test(end);
  return touches ? '' : ' ';
}

/** A full stop, question mark or colon closes the line, within quotes or not. */
function endsClause(line: string): boolean {
  return /[.!?…。！？।۔؟:]$/u.test(withoutClosers(line).slice(-1));
}

function isIndented(line: string): boolean {
  return /^(?:\t|\s{2,})\S/.test(line);
}

function firstWord(line: string): string {
  const word = /^\s*(\S+)/.exec(line)?.[1] ?? '';
  return WIDE_START.test(word) ? word.slice(0, 2) : word;
}

/** Width in a fixed-width font: ideographs and kana take two columns. */
function columnsOf(line: string): number {
  return line.length + (line.match(WIDE)?.length ?? 0);
}
