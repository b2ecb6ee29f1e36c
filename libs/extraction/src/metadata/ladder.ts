import type { FieldProvenance, FieldSource } from '../extracted-article.ts';

const MOST_RIVALS = 10;
const LONGEST_RIVAL = 500;

/** One source's word on a field; null, '' and [] mean that it says nothing. */
export interface Candidate<T> {
  readonly from: FieldSource;
  readonly value: T | null | undefined;
}

/** Whether no source says anything so far. */
export function isUntold(candidates: readonly Candidate<unknown>[]): boolean {
  return candidates.every(({ value }) => value === null || value === undefined);
}

/** Takes for each field the first source that says something, and keeps what the others said. */
export class Ladder {
  readonly #provenance: Record<string, FieldProvenance> = {};

  pick<T>(
    field: string,
    candidates: readonly Candidate<T>[],
    show: (value: T) => string = String,
  ): T | null {
    const told = candidates.flatMap(({ from, value }) => {
      if (value === null || value === undefined) return [];
      const shown = show(value).slice(0, LONGEST_RIVAL);
      return shown === '' ? [] : [{ from, value, shown }];
    });
    const [winner] = told;
    if (winner === undefined) return null;
    const rivals = new Map<string, FieldSource>();
    for (const { from, shown } of told)
      if (shown !== winner.shown && !rivals.has(shown)) rivals.set(shown, from);
    this.#provenance[field] = {
      from: winner.from,
      rivals: [...rivals].slice(0, MOST_RIVALS).map(([value, from]) => ({ from, value })),
    };
    return winner.value;
  }

  get provenance(): Readonly<Record<string, FieldProvenance>> {
    return this.#provenance;
  }
}

export function showList(values: readonly string[]): string {
  return values.join(', ');
}
