import { decideStory, type StoryCandidate } from '@broadsheet/article';
import { MAX_PER_TERM, WINDOW_HOURS } from './story-statements.ts';

/** An article that is in no story yet. */
export interface Newcomer {
  readonly id: string;
  readonly at: Date;
  readonly terms: readonly number[];
  /** A copy goes where its original is. */
  readonly original: string | null;
  /** Null where that is in no story yet either. */
  readonly storyOfOriginal: string | null;
}

/** Articles of the days around a newcomer that have one of its terms. */
export interface RelatedArticles {
  readonly term: number;
  readonly numbers: readonly number[];
  /** Between the first of them and the last. */
  readonly hours: number;
}

export interface PlacedArticles {
  readonly members: readonly { readonly newcomer: Newcomer; readonly storyId: string }[];
  /** From the id of a story to that of the one it is part of. */
  readonly merged: ReadonlyMap<string, string>;
}

/** Stands for all articles. */
export const EVERY_ARTICLE = 0;

const MAX_CANDIDATES = 24;
const HOUR_MS = 3_600_000;

/** The numbers of those that share most terms, rare ones counting most. */
export function nearestOf(related: readonly RelatedArticles[]): readonly number[] {
  const shared = new Map<number, number>();
  for (const { term, numbers } of related) {
    if (term === EVERY_ARTICLE) continue;
    for (const number of numbers) {
      shared.set(number, (shared.get(number) ?? 0) + 1 + 1 / numbers.length);
    }
  }
  return [...shared]
    .filter(([, score]) => score > 2)
    .sort(([a, first], [b, second]) => second - first || a - b)
    .slice(0, MAX_CANDIDATES)
    .map(([number]) => number);
}

/** Puts newcomers into stories one after the other, so that those of one batch meet too. */
export class StoryPlacement {
  private readonly merged = new Map<string, string>();
  private readonly placed: { newcomer: Newcomer; storyId: string; terms: ReadonlySet<number> }[] =
    [];

  constructor(private readonly stored: ReadonlyMap<number, StoryCandidate>) {}

  place(newcomer: Newcomer, related: readonly RelatedArticles[]): void {
    const terms = new Set(newcomer.terms);
    const storyId =
      this.storyOfOriginal(newcomer) ?? this.storyOf(newcomer, related) ?? newcomer.id;
    this.placed.push({ newcomer, storyId: this.resolve(storyId), terms });
  }

  result(): PlacedArticles {
    return {
      members: this.placed.map(({ newcomer, storyId }) => ({
        newcomer,
        storyId: this.resolve(storyId),
      })),
      merged: new Map([...this.merged.keys()].map((id) => [id, this.resolve(id)])),
    };
  }

  private storyOfOriginal({ original, storyOfOriginal }: Newcomer): string | null {
    if (original === null || storyOfOriginal !== null) return storyOfOriginal;
    return this.placed.find(({ newcomer }) => newcomer.id === original)?.storyId ?? null;
  }

  private storyOf(newcomer: Newcomer, related: readonly RelatedArticles[]): string | null {
    const frequency = new Map(related.map((one) => [one.term, estimate(one)]));
    const ofStore = nearestOf(related).flatMap((number) => this.stored.get(number) ?? []);
    const candidates = [...ofStore, ...this.ofBatch(newcomer)].map((candidate) => ({
      ...candidate,
      storyId: this.resolve(candidate.storyId),
    }));
    const articles = frequency.get(EVERY_ARTICLE) ?? 0;
    const seeker = { terms: newcomer.terms, frequency, articles: articles + this.placed.length };
    const { storyId, merged } = decideStory(seeker, candidates);
    if (storyId !== null) for (const id of merged) this.merged.set(id, storyId);
    return storyId;
  }

  /** Those placed before it; they come behind all that are stored. */
  private ofBatch({ at, terms }: Newcomer): readonly StoryCandidate[] {
    return this.placed.flatMap((other, place) => {
      const distanceMs = Math.abs(other.newcomer.at.getTime() - at.getTime());
      if (distanceMs > WINDOW_HOURS * HOUR_MS) return [];
      let shared = 0;
      for (const term of terms) if (other.terms.has(term)) shared += 1;
      if (shared < 2) return [];
      return [
        {
          storyId: other.storyId,
          number: Number.MAX_SAFE_INTEGER - 1_000_000 + place,
          terms: other.terms,
        },
      ];
    });
  }

  private resolve(storyId: string): string {
    let current = storyId;
    for (let next = this.merged.get(current); next !== undefined; next = this.merged.get(current)) {
      current = next;
    }
    return current;
  }
}

/** How many articles of the window have a term, from how close the newest of them are. */
function estimate({ numbers, hours }: RelatedArticles): number {
  if (numbers.length < MAX_PER_TERM) return numbers.length;
  return Math.round((numbers.length * (2 * WINDOW_HOURS + 1)) / (hours + 1));
}
