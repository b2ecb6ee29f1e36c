import { isAgency } from '../phrases/agencies.ts';
import { splitAuthors } from './author-line.ts';

const LONGEST_SIGN_OFF = 60;
const IN_BRACKETS = /[(（]([^()（）]{2,24})[)）]\.?$/u;
/** `… summer fair. PTI AB CD`: the agency, and those who wrote and released the report. */
const BY_DESK = /(?<=[\p{P}\p{S}])\s+(?:--)?(\p{Lu}{2,8})(?:\s\p{Lu}{2,4}){0,4}$/u;
const END_WORD = /\sEnditem$|[(（](?:完|结束|結束)[)）]$/u;
const CREDIT_ROLE = /^\(?\s*(?:(?:additional )?reporting|writing|compiled) by\s+/i;
const CREDIT_BORDER = /[;)]/u;

/** The last paragraph of a report without the agency that it is signed with. */
export function withoutSignOff(paragraph: string): string {
  const head = paragraph.slice(0, -LONGEST_SIGN_OFF);
  const end = paragraph.slice(-LONGEST_SIGN_OFF);
  const marked = END_WORD.exec(end);
  if (marked) return cut(paragraph, head.length + marked.index);
  for (const pattern of [IN_BRACKETS, BY_DESK]) {
    const signed = pattern.exec(end);
    if (signed && isAgency(signed[1] ?? '')) return cut(paragraph, head.length + signed.index);
  }
  return paragraph;
}

/** A paragraph that is only its signature stays as it is. */
function cut(paragraph: string, end: number): string {
  const rest = paragraph.slice(0, end).trimEnd();
  return rest === '' ? paragraph : rest;
}

/** The reporters of a credit: `(Reporting by Ann Lee in Marlow; Editing by Bo Dahl)`. */
export function authorsOfCredit(line: string): readonly string[] {
  const role = CREDIT_ROLE.exec(line);
  if (role === null) return [];
  const [names = ''] = line.slice(role[0].length).split(CREDIT_BORDER, 1);
  return splitAuthors(names)
    .map((name) => name.split(/\sin\s/u, 1)[0] ?? '')
    .filter((name) => /^\p{Lu}/u.test(name));
}
