import { isAgency } from '../phrases/agencies.ts';
import { isFurniture, isPaywallLine, isTailHeading } from '../phrases/phrases.ts';
import { endsSentence } from './line-shape.ts';

const END_MARK =
  /^\W{0,4}(?:#{2,}|\*{3,}|-\s?30\s?-|-{3,}|={3,}|_{3,}|\/{0,2}ends?\/{1,2}|\((?:end|ends|完|結束|结束|конец|fin|ende)\))\W{0,4}$/iu;
/** `(END) Dow Jones Newswires`. */
const FEED_END = /^\(END\)\s\p{Lu}/u;
/** An agency's desk signs with `ab/cd`. */
const DESK_INITIALS = /^\p{Ll}{2,4}(?:(?:[/-]|\/ )\p{Ll}{2,4}){1,3}\/?$/u;
/** `PTI AB CD`: the agency, and those who wrote and released the report. */
const SIGNED_BY_DESK = /^(.{2,12}?)(?: \p{Lu}{2,4}){1,4}$/u;
const ONLY_INITIALS = /^\p{Lu}{2,4}(?: \p{Lu}{2,4}){0,3}$/u;
const SIGNED_LINE = /\p{P}\s+(?:--)?(\p{Lu}{2,8})(?: \p{Lu}{2,4}){0,4}$/u;
/** `(Reporting by Ann Lee in Marlow; Editing by Bo Dahl)`. */
const CREDIT =
  /^\((?:(?:additional )?reporting|writing|editing|compiled|translated) by .{2,300}\)$/i;
/** What feeds add to a report for machines: `<org idsrc="isin">…</org>`. */
const TAGS = /^(?:<[a-z][^<>]{0,200}>[^<>]{0,100}<\/[a-z]{1,20}>\s*){1,20}$/i;
const LONGEST_LEFTOVER = 400;
const LONGEST_TEASER = 160;

/**
 * How many lines of the body are the article: what follows "Related Articles" or an end mark in the
 * second half is cut where it is short or looks like teasers, then single furniture lines at the end.
 */
export function articleLength(lines: readonly string[]): number {
  let end = cutAtHeading(lines);
  while (end > 1 && (isLeftover(lines[end - 1] ?? '') || isDesk(lines, end - 1))) end--;
  return end;
}

/** `AB CD` below a line that the agency signed: the desk's initials. */
function isDesk(lines: readonly string[], index: number): boolean {
  if (!ONLY_INITIALS.test(lines[index] ?? '')) return false;
  const above = (lines[index - 1] ?? '').slice(-LONGEST_TEASER);
  return isLeftover(above) || isAgency(SIGNED_LINE.exec(above)?.[1] ?? '');
}

function isLeftover(line: string): boolean {
  return (
    isFurniture(line) ||
    isTailHeading(line) ||
    isPaywallLine(line) ||
    isEndMark(line) ||
    isSignature(line) ||
    (line.length <= LONGEST_LEFTOVER && (CREDIT.test(line) || TAGS.test(line)))
  );
}

function isSignature(line: string): boolean {
  return (
    (line.length < 40 && isAgency(SIGNED_BY_DESK.exec(line)?.[1] ?? line)) ||
    DESK_INITIALS.test(line)
  );
}

function isEndMark(line: string): boolean {
  return (line.length < 24 && END_MARK.test(line)) || (line.length < 60 && FEED_END.test(line));
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
