import { withoutSlugs } from '../phrases/wire-slugs.ts';
import type { Candidate } from './ladder.ts';

/** The titles as people read them; as wires wrote them they are rivals that lost. */
export function withSlugsLast(titles: readonly Candidate<string>[]): readonly Candidate<string>[] {
  const bare = titles.map(({ from, value }) => ({ from, value: value && withoutSlugs(value) }));
  return [...bare, ...titles];
}
