import { documentRoot } from './document-root.ts';

/** Characters that XML does not have (XML 1.0 §2.2). */
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g;
/** Begins no tag, comment or declaration: "1 < 2", "I <3 it". */
const STRAY = /<(?![\p{L}_/!?])/u;
const STRAYS = new RegExp(STRAY, 'gu');
const CDATA = '<![CDATA[';
const CDATA_END = ']]>';
/** Junk before the declaration is looked at up to here. */
const MAX_PREAMBLE = 64 * 1024;
/** What comes after one of these belongs to a page. */
const PAGE = /<(?:!doctype|html|head|body)\b/i;

function endOfCdata(text: string, start: number): number {
  const end = text.indexOf(CDATA_END, start);
  return end === -1 ? text.length : end + CDATA_END.length;
}

/** Outside of CDATA, where it stands for itself already. */
function escapeStrays(text: string): string {
  if (!STRAY.test(text)) return text;
  const pieces: string[] = [];
  let at = 0;
  while (at < text.length) {
    const found = text.indexOf(CDATA, at);
    const start = found === -1 ? text.length : found;
    const end = endOfCdata(text, start);
    pieces.push(text.slice(at, start).replace(STRAYS, '&lt;'), text.slice(start, end));
    at = end;
  }
  return pieces.join('');
}

/** Servers put warnings and comments in front of what they were asked for; not in front of a page. */
function withoutPreamble(text: string): string {
  const start = text.slice(0, MAX_PREAMBLE).indexOf('<?xml');
  return start <= 0 || PAGE.test(text.slice(0, start)) ? text : text.slice(start);
}

/**
 * A feed or sitemap as far as its characters go. XML has nothing before its declaration, no control characters and no
 * stray `<`; JSON is as it is.
 */
export function cleanText(text: string): string {
  if (documentRoot(text) === '{') return text;
  return escapeStrays(withoutPreamble(text.replace(CONTROL, '')));
}
