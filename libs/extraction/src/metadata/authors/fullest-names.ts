import { foldLine } from '../../phrases/fold-line.ts';
import { FULL_NAME, holdsRole } from './clean-names.ts';
import type { Candidate } from '../ladder.ts';

type Names = readonly string[];

const MOST_MISSED = 2;

/** The first source's authors, in the words of a later one that names the same ones better. */
export function fullestFirst(candidates: readonly Candidate<Names>[]): readonly Candidate<Names>[] {
  const told = candidates.filter(({ value }) => (value?.length ?? 0) > 0);
  const [first] = told;
  const better = told.find((other) => isBetter(other, first?.value ?? []));
  return better === undefined ? told : [better, ...told.filter((other) => other !== better)];
}

function isBetter({ from, value }: Candidate<Names>, names: Names): boolean {
  const others = value ?? [];
  const [name = ''] = names;
  const [other = ''] = others;
  if (names.length === 1 && others.length === 1) return isBetterName(other, name);
  // Structured data often keeps the first author alone; microdata counts those of teasers in.
  return from !== 'microdata' && isCompletion(others, names);
}

/** `Ann Lee` is better than `annlee`, than `Ann` and than `Reporter of the Year Ann Lee`. */
function isBetterName(other: string, name: string): boolean {
  if (!other.includes(' ')) return false;
  const [own, its] = [foldLine(name), foldLine(other)];
  if (!name.includes(' ')) return its.replaceAll(' ', '') === own || its.startsWith(`${own} `);
  return own.endsWith(` ${its}`);
}

function isCompletion(others: Names, names: Names): boolean {
  const missed = others.length - names.length;
  if (missed < 1 || missed > MOST_MISSED) return false;
  if (others.some((other) => !FULL_NAME.test(other) || holdsRole(other))) return false;
  const folded = new Set(others.map(foldLine));
  return names.every((name) => folded.has(foldLine(name)));
}
