import { isFurniture, isTailHeading } from '../phrases/phrases.ts';

const END_LENGTH = 60;
const BROKEN_END = /(?:[\p{L}\s[](?:…|\.{3})\]?|\[\+\d{1,6} chars\])([^.…]{0,40})$/u;

/** Whether a text ends as one that was cut: `the ferry …`, `[...] Continue reading`, `[+1200 chars]`. */
export function breaksOff(text: string): boolean {
  const [, rest] = BROKEN_END.exec(text.slice(-END_LENGTH)) ?? [];
  const line = rest?.trim();
  return line !== undefined && (line === '' || isFurniture(line) || isTailHeading(line));
}
