import { foldLine } from '../phrases/fold-line.ts';

const LONGEST_CODE_LINE = 60;
const CODE_LINE = /^[A-Z0-9][A-Z0-9/.:-]*(?: [A-Z0-9/.:-]+){0,7}$/;
/** `HNA0042`: the sender's letters and the number of the report. */
const REPORT_NUMBER = /^[A-Z]{2,6}-?\d{1,6}$/;
/** `AM-Harbor Bridge, 1st Ld-Writethru,0450`: cycle, subject, version, length. */
const CYCLE_LINE = /^(?:AM|PM|BC)-{1,2}\S.{0,60}(?:\bLd\b|Writethru|,\s?\d{2,4}$)/;
/** `r a`: service level and category. */
const LEVEL_LINE = /^[a-z] [a-z]$/;
const PICTURE_LINE = /^[A-Z]{2,8} (?:Photo|Graphic)s?(?: [A-Z]{2,6}\d{1,6},?)*$/i;
const SLUG = /^[A-Z0-9]+(?:-[A-Z0-9]+)+$/;

/** A line by which wires number and route their reports: `HNA0042 4 GEN 312`, `DEL23`. */
export function isWireCode(line: string): boolean {
  if (line.length > LONGEST_CODE_LINE) return false;
  if (CYCLE_LINE.test(line) || LEVEL_LINE.test(line) || PICTURE_LINE.test(line)) return true;
  if (!CODE_LINE.test(line)) return false;
  const tokens = line.split(' ');
  const numbers = tokens.filter((token) => /\d/.test(token)).length;
  return tokens.some((token) => REPORT_NUMBER.test(token)) && numbers * 2 > tokens.length;
}

/** `FERRY-RETURN` above "Ferry returns …": the name by which editors call a report, and no section. */
export function isSlugOf(line: string, headline: string): boolean {
  if (!SLUG.test(line)) return false;
  const [subject = ''] = foldLine(line).split(' ');
  return foldLine(headline).split(' ').includes(subject);
}
