import { isAgency } from '../phrases/agencies.ts';
import { afterBylineStart, AUTHOR_JOINTS } from '../phrases/phrases.ts';

const LONGEST_BYLINE = 160;
const REPORTERS = /[（(]记者\s?([\p{Script=Han}、，\s]{2,40})[）)]|([가-힣]{2,4})\s기자\s=/u;
const NAME =
  /^(?:\p{Lu}[\p{L}\p{M}'’.-]*|\p{Lo}[\p{Lo}\p{M}·・]*|(?:d|o|l)['’]\p{Lu}[\p{L}'’-]*)(?:\s+(?:\p{Lu}[\p{L}\p{M}'’.-]*|\p{Lo}[\p{Lo}\p{M}]*|(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ten|ter|zu|bin|ibn|al|el|y|e)|(?:al|el|d|l|o)[-'’]\p{Lu}[\p{L}'’-]*)){0,5}$/u;

/** The names of a byline ("By Ann Lee and Bo Dahl, Reuters"), or null where the line is none. */
export function readByline(line: string): string[] | null {
  if (line.length > LONGEST_BYLINE) return null;
  const rest = afterBylineStart(line);
  if (rest === null) return null;
  const names = splitAuthors(rest.replace(/^[\s:：]+/u, ''));
  return names.length > 0 && names.every((name) => NAME.test(name)) ? names : null;
}

/** The reporters that Chinese and Korean agencies name in the dateline: `（记者王小明）`, `김철수 기자 =`. */
export function reportersIn(paragraph: string): readonly string[] {
  const [, listed, single] = REPORTERS.exec(paragraph.slice(0, LONGEST_BYLINE)) ?? [];
  return (listed ?? single ?? '').split(/[、，,\s]+/u).filter((name) => NAME.test(name));
}

/** Splits a list of authors into names, without e-mail addresses, offices and agencies. */
export function splitAuthors(text: string): string[] {
  const bare = text
    .slice(0, 500)
    .replace(/<[^<>]*>|\([^()]*\)|\[[^[\]]*\]/gu, ' ')
    .replace(/[^\s,;<>()@]{1,64}@[^\s,;<>()]{1,100}/gu, ' ');
  const names: string[] = [];
  for (const part of bare.split(/\s*[,;、，|•·/&]\s*|\s[-–—]\s|\n/u)) {
    for (const name of splitAtJoints(part)) {
      const clean = cleanName(name);
      if (clean !== '' && !isAgency(clean) && !names.includes(clean)) names.push(clean);
    }
  }
  return names;
}

function splitAtJoints(part: string): string[] {
  const names: string[][] = [[]];
  for (const word of part.trim().split(/\s+/u)) {
    // "Ortega y Gasset" is one name: a joint of one letter needs a full name on its left.
    const left = names.at(-1) ?? [];
    const isJoint = AUTHOR_JOINTS.has(word) && (word.length > 1 || left.length > 1);
    if (isJoint) names.push([]);
    else left.push(word);
  }
  return names.map((words) => words.join(' '));
}

function cleanName(name: string): string {
  const trimmed = name.replace(/^[\s"'“”.:：]+|[\s"'“”,:：]+$/gu, '');
  return /^(?:Associated Press|AP)\b/u.test(trimmed)
    ? ''
    : trimmed.replace(/\s+Associated Press$/u, '');
}
