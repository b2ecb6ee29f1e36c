import { isAgency } from '../phrases/agencies.ts';
import { isFurniture, isPaywallLine, isTailHeading } from '../phrases/phrases.ts';
import { endsSentence } from './line-shape.ts';

const END_MARK =
  /^\W{0,4}(?:#{2,}|\*{3,}|-\s?30\s?-|-{3,}|={3,}|_{3,}|\/{0,2}ends?\/{1,2}|\((?:end|ends|完|結束|结束|конец|fin|ende)\))\W{0,4}$/iu;
/** An agency's desk signs with `ab/cd`. */
const DESK_INITIALS = /^\p{Ll}{2,4}(?:(?:[/-]|\/ )\p{Ll}{2,4}){1,3}\/?$/u;
/** `PTI AB CD`: the agency, and those who wrote and released the report. */
const SIGNED_BY_DESK = /^(.{2,12}?)(?: \p{Lu}{2,4}){1,4}$/u;
const LONGEST_TEASER = 160;

/**
 * How many lines of the body are the article: what follows "Related Articles" or an end mark in the
 * second half is cut where it is short or looks like teasers, then single furniture lines at the end.
 */
export function articleLength(lines: readonly string[]): number {
  let end = cutAtHeading(lines);
  while (end > 1 && isLeftover(lines[end - 1] ?? '')) end--;
  return end;
}

function isLeftover(line: string): boolean {
  return (
    isFurniture(line) ||
    isTailHeading(line) ||
    isPaywallLine(line) ||
    isEndMark(line) ||
    (line.length < 40 && isAgency(SIGNED_BY_DESK.exec(line)?.[1] ?? line)) ||
    DESK_INITIALS.test(line)
  );
}

function isEndMark(line: string): boolean {
  return line.length < 24 && END_MARK.test(line);
}

function cutAtHeading(lines: readonly string[]): number {
  const total = lines.reduce((sum, line) => sum + line.length, 0);
  let before = 0;
  for (const [index, line] of lines.entries()) {
    const after = total - before - line.length;
    if (
      index > 0 &&
      before >= total / 2 &&
      (isTailHeading(line) || isEndMark(line)) &&
      (after <= total / 3 || lines.slice(index + 1).every(isTeaser))
    )
      return index;
    before += line.length;
  }
  return lines.length;
}

function isTeaser(line: string): boolean {
  return line.length <= LONGEST_TEASER && !endsSentence(line);
}
