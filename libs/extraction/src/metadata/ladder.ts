import type { FieldProvenance, FieldSource } from '../extraction.ts';

const MOST_RIVALS = 10;
const LONGEST_RIVAL = 500;

/** One source's word on a field; null, '' and [] mean that it says nothing. */
export interface Candidate<T> {
  readonly from: FieldSource;
  readonly value: T | null | undefined;
}

/** Takes for each field the first source that says something, and keeps what the others said. */
export class Ladder {
  readonly #provenance: Record<string, FieldProvenance> = {};

  pick<T>(
    field: string,
    candidates: readonly Candidate<T>[],
    show: (value: T) => string = String,
  ): T | null {
    let chosen: T | null = null;
    let from: FieldSource | null = null;
    const rivals: { from: FieldSource; value: string }[] = [];
    for (const { from: source, value } of candidates) {
      if (value === null || value === undefined) continue;
      const shown = show(value).slice(0, LONGEST_RIVAL);
      if (shown === '') continue;
      if (from === null) {
        chosen = value;
        from = source;
      } else if (
        chosen !== null &&
        shown !== show(chosen).slice(0, LONGEST_RIVAL) &&
        rivals.length < MOST_RIVALS &&
        !rivals.some((rival) => rival.value === shown)
      ) {
        rivals.push({ from: source, value: shown });
      }
    }
    if (from !== null) this.#provenance[field] = { from, rivals };
    return chosen;
  }

  get provenance(): Readonly<Record<string, FieldProvenance>> {
    return this.#provenance;
  }
}

export function showList(values: readonly string[]): string {
  return values.join(', ');
}
