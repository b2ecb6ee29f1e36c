import { readLabel } from '../../phrases/phrases.ts';
import { readByline } from '../../plain-text/author-line.ts';
import { isName } from './clean-names.ts';

const LONGEST_LABEL = 16;
const NAME_BORDER = /\d|[|•·]|\s[-–—]\s/u;

/** `By Ann Lee | 5 May 2024`, `5 May 2024 by Ann`: what follows the byline's start, up to a fact. */
export function bylineInLines(lines: readonly string[]): readonly string[] {
  for (const [index, line] of lines.entries()) {
    const bare = afterDate(isBareLabel(line) ? `By ${lines[index + 1] ?? ''}` : line);
    const [start = ''] = bare.split(NAME_BORDER, 1);
    const names = readByline(start.trim().replace(/\s\p{Ll}{1,4}$/u, ''));
    if (names === null) continue;
    // A pen name of one word is believed where a date stands beside it.
    const isDated = bare.length < line.length || /\d{4}/.test(bare);
    if (names.some((name) => isName(name) && (isDated || name.includes(' ')))) return names;
  }
  return [];
}

/** `Author:` on a line of its own, in any language: the names are in the next line. */
function isBareLabel(line: string): boolean {
  return line.length <= LONGEST_LABEL && readLabel(`${line}:`)?.label === 'author';
}

/** What follows a date or time at the line's start. */
export function afterDate(line: string): string {
  const figures = /^\P{N}{0,20}\p{N}.{0,40}?\p{N}(?:\s*Uhr)?[\s.,:|•·–-]+(?=\p{L})/u.exec(line);
  if (figures === null) return line;
  const rest = line.slice(figures[0].length);
  return /^\P{N}{0,20}\p{N}/u.test(rest) ? afterDate(rest) : rest;
}
