import { documentRoot } from './document-root.ts';

/** Characters that XML does not have (XML 1.0 §2.2). */
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g;
/** Begins no tag, comment or declaration: "1 < 2", "I <3 it", "a<b</title>". */
const STRAY = /<(?![\p{L}_/!?])|<(?=[\p{L}_][\w:.-]{0,40}<)/u;
const STRAYS = new RegExp(STRAY, 'gu');
/** A document with more of them is meant to cost memory. */
const MAX_STRAYS = 1_000_000;
const CDATA = '<![CDATA[';
const CDATA_END = ']]>';
const END_OF_ENTRY = /<\/(?:[\w.-]{1,40}:)?(?:item|entry)\s{0,20}>/i;
/** Junk before the declaration is looked at up to here. */
const MAX_PREAMBLE = 64 * 1024;
/** What comes after one of these belongs to a page. */
const PAGE = /<(?:!doctype|html|head|body)\b/i;
/** Often ended as a tag is; what it says was of use to the decoder. */
const DECLARATION = /^\s{0,1000}<\?xml\b[^>]{0,500}>/;

interface Section {
  readonly text: string;
  readonly isCdata: boolean;
}

/**
 * Markup and CDATA in turn. A section that was never closed, or only by the end of a later one behind the end of
 * its entry, is markup, and its mark is left out.
 */
function* sectionsOf(text: string): Generator<Section> {
  let at = 0;
  let end = 0;
  for (let start = text.indexOf(CDATA); start !== -1; start = text.indexOf(CDATA, at)) {
    if (end !== -1 && end < start) end = text.indexOf(CDATA_END, start);
    const next = text.indexOf(CDATA, start + CDATA.length);
    const isShut = end !== -1 && (next === -1 || end < next);
    const isOpen = !isShut && END_OF_ENTRY.test(text.slice(start, next === -1 ? undefined : next));
    yield { text: text.slice(at, start), isCdata: false };
    if (isOpen) at = start + CDATA.length;
    else {
      at = end === -1 ? text.length : end + CDATA_END.length;
      yield { text: text.slice(start, at), isCdata: true };
    }
  }
  yield { text: text.slice(at), isCdata: false };
}

function hasTooManyStrays(text: string): boolean {
  let found = 0;
  STRAYS.lastIndex = 0;
  while (found <= MAX_STRAYS && STRAYS.test(text)) found += 1;
  return found > MAX_STRAYS;
}

/** In CDATA a sign stands for itself already. */
function mendMarkup(text: string): string {
  if (!text.includes(CDATA)) return escapeStrays(text);
  const mended = [...sectionsOf(text)].map((section) =>
    section.isCdata ? section.text : escapeStrays(section.text),
  );
  return mended.join('');
}

function escapeStrays(text: string): string {
  if (!STRAY.test(text) || hasTooManyStrays(text)) return text;
  return text.replace(STRAYS, '&lt;');
}

/** Servers put warnings and comments in front of what they were asked for; not in front of a page. */
function withoutPreamble(text: string): string {
  const start = text.slice(0, MAX_PREAMBLE).indexOf('<?xml');
  return start <= 0 || PAGE.test(text.slice(0, start)) ? text : text.slice(start);
}

/**
 * A feed or sitemap as far as its characters go. XML has nothing before its root that matters, no control
 * characters and no stray `<`; JSON is as it is.
 */
export function cleanText(text: string): string {
  if (documentRoot(text) === '{') return text;
  const own = withoutPreamble(text.replace(CONTROL, '')).replace(DECLARATION, '');
  return mendMarkup(own);
}
