import { parseDate } from '@broadsheet/text';
import { foldLine } from '../../phrases/fold-line.ts';
import { afterBylineStart } from '../../phrases/phrases.ts';
import { splitAuthors } from '../../plain-text/author-line.ts';
import { plainWords } from '../plain-words.ts';
import words from './byline-words.json' with { type: 'json' };
import notAuthors from './not-authors.json' with { type: 'json' };

/** Words that stand where an author should and name nobody. */
const NOT_AUTHORS: ReadonlySet<string> = new Set(notAuthors.never.map(foldLine));
/** Names of an editorial office: better than nobody, worse than anybody. */
export const DESKS: ReadonlySet<string> = new Set(notAuthors.desks.map(foldLine));
const STARTS = words.starts.toSorted((a, b) => b.length - a.length);
const OTHERS = words.others;
const ROLES: ReadonlySet<string> = new Set(words.roles.map(foldLine));
const DEGREES: ReadonlySet<string> = new Set(words.degrees);
const LONGEST_NAME = 60;
const LONGEST_VALUE = 1_000;
const MOST_WORDS = 6;
const GENERATION = /,\s{1,3}(?=(?:Jr|Sr|II|III|IV)\b)/gu;
const NO_NAME =
  /\d{3}|https?:|[@{}()[\]#_»]|\.\p{Ll}{2,}$|\b(?:GmbH|Inc|Ltd|LLC|Verlag|Zeitung)\b/u;
export const FULL_NAME = /^\p{Lu}\S*\s+\S|^\p{Lo}{2,}$/u;

/** The names in a value of mark-up, without roles, degrees and what else a byline says. */
export function namesOf(markup: string): string[] {
  const text = plainWords(markup).slice(0, LONGEST_VALUE).replace(GENERATION, ' ');
  if (/^(?:https?:|www\.|@|\/)/i.test(text)) return [];
  const names = splitAuthors(afterStarts(beforeOthers(text))).map(withoutRoles);
  return [...new Set(names)].filter(isName);
}

/** What a byline says before it goes on to reviewers, photographers or links. */
function beforeOthers(text: string): string {
  const lower = text.toLowerCase();
  let end = text.length;
  for (const word of OTHERS) {
    const at = lower.indexOf(word);
    if (at >= 0 && at < end && !/\p{L}/u.test(text.charAt(at - 1))) end = at;
  }
  return end < text.length ? text.slice(0, end).replace(/[\s.,]+$/u, '') : text;
}

/** Bylines may open twice: `Author: By Ann Lee`. */
function afterStarts(text: string): string {
  let rest = text.trim();
  for (let round = 0; round < 2; round++) {
    const after = afterBylineStart(rest) ?? afterOwnStart(rest);
    if (after === null) return rest;
    rest = after.replace(/^[\s:：]+/u, '');
  }
  return rest;
}

function afterOwnStart(text: string): string | null {
  const lower = text.slice(0, 40).toLowerCase();
  const start = STARTS.find(
    (word) => lower.startsWith(word) && /^(?:[\s:：]|$)/u.test(lower.slice(word.length)),
  );
  return start === undefined ? null : text.slice(start.length);
}

/** `Ann Lee Senior Autos Reporter`, `Reporterin Ann Lee`, `Ann Lee USA TODAY`, `Ann Lee December`. */
function withoutRoles(name: string): string {
  const parts = name.split(/\s+/u);
  while (parts.length > 2 && isRole(parts[0] ?? '')) parts.shift();
  const end = parts.findIndex(
    (part, index) => index >= 2 && (isRole(part) || isShout(part, parts) || isMonth(part)),
  );
  return parts
    .slice(0, end < 0 ? parts.length : end)
    .join(' ')
    .replace(/[\s,:–—-]+$/u, '');
}

/** Whether a name among others is a job: `Senior Analyst`. */
export function holdsRole(name: string): boolean {
  return name.split(/\s+/u).some(isRole);
}

/** `Chief Bridge Correspondent` is no author of its own. */
export function endsAsRole(name: string): boolean {
  const words = name.split(/\s+/u);
  return words.length > 1 && isRole(words.at(-1) ?? '');
}

function isRole(word: string): boolean {
  return ROLES.has(foldLine(word));
}

/** A word in capitals behind a name that is not. */
function isShout(word: string, parts: readonly string[]): boolean {
  return /^\p{Lu}{3,}$/u.test(word) && /\p{Ll}/u.test(parts[0] ?? '');
}

function isMonth(word: string): boolean {
  return parseDate(`1 ${word} 2000`) !== null;
}

export function isName(name: string): boolean {
  return hasShape(name) && !NO_NAME.test(name) && !isWordForNobody(name);
}

function hasShape(name: string): boolean {
  const isSpaced = /\s/u.test(name);
  return (
    name.length >= 2 &&
    name.length <= LONGEST_NAME &&
    /\p{L}/u.test(name) &&
    !/^\p{Ll}+\.\p{Ll}+$/u.test(name) &&
    name.split(/\s+/u).length <= MOST_WORDS &&
    !(isSpaced && /[\d:]/.test(name)) &&
    !/^[A-Z]{1,2}$|\s\p{Ll}{1,3}$/u.test(name)
  );
}

function isWordForNobody(name: string): boolean {
  const folded = foldLine(name);
  if (NOT_AUTHORS.has(folded) || DEGREES.has(folded.replaceAll(' ', ''))) return true;
  return ROLES.has(folded);
}
