import type { PageTree } from '../page/page-tree.ts';
import { plainWords } from './plain-words.ts';

const LONGEST_TEXT = 5_000;

/** The first value that one of the names has. */
export function metaOf(page: PageTree, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = page.meta.get(name)?.find((text) => text !== '');
    if (value !== undefined) return value;
  }
  return null;
}

/** The words of a value in mark-up; null where there are none. */
export function plainText(text: string | null): string | null {
  if (text === null) return null;
  const clean = plainWords(text);
  return clean === '' ? null : clean.slice(0, LONGEST_TEXT);
}
