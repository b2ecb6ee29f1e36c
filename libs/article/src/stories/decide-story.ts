/** An article of the same days that shares terms with the one that looks for its story. */
export interface StoryCandidate {
  readonly storyId: string;
  /** Smaller for articles that were there earlier. */
  readonly number: number;
  readonly terms: ReadonlySet<number>;
}

export interface StorySeeker {
  readonly terms: readonly number[];
  /** In how many articles of these days each term is, and how many articles there are. */
  readonly frequency: ReadonlyMap<number, number>;
  readonly articles: number;
}

export interface StoryDecision {
  /** Null: a story of its own. */
  readonly storyId: string | null;
  /** Stories that turn out to be the same one. */
  readonly merged: readonly string[];
}

const MIN_SHARED = 3;
/** What the shared terms have to weigh together: common ones are no evidence, however many. */
const MIN_SHARED_WEIGHT = 1;
const MIN_SIMILARITY = 0.4;
/** Over all members that were looked at: one article between two events joins neither to the other. */
const MIN_MEAN = 0.25;
/** Two stories are one only where an article belongs to both without doubt. */
const MIN_TO_MERGE = 0.6;

/**
 * Which of the candidates' stories an article belongs to: where the rare terms of both are much the same. Of two such
 * stories the earlier takes in the other.
 */
export function decideStory(
  seeker: StorySeeker,
  candidates: readonly StoryCandidate[],
): StoryDecision {
  const byStory = Map.groupBy(candidates, ({ storyId }) => storyId);
  const fitting = [...byStory]
    .map(([storyId, members]) => {
      const scores = members.map((member) => similarity(seeker, member));
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      const since = Math.min(...members.map(({ number }) => number));
      return { storyId, since, best: Math.max(...scores), mean };
    })
    .filter(({ best, mean }) => best >= MIN_SIMILARITY && mean >= MIN_MEAN)
    .sort((a, b) => b.best - a.best || a.since - b.since);
  const same = fitting
    .filter(({ best }, n) => n === 0 || (best >= MIN_TO_MERGE && isSure(fitting[0])))
    .sort((a, b) => a.since - b.since)
    .map(({ storyId }) => storyId);
  const [storyId = null, ...merged] = same;
  return { storyId, merged };
}

function isSure(first: { readonly best: number } | undefined): boolean {
  return first !== undefined && first.best >= MIN_TO_MERGE;
}

/** Overlap of the terms, rare ones counting most: 1 where the terms of one are all in the other. */
function similarity(
  { terms, frequency, articles }: StorySeeker,
  { terms: others }: StoryCandidate,
) {
  let shared = 0;
  let sharedWeight = 0;
  let weight = 0;
  for (const term of terms) {
    const rarity = rarityOf(frequency.get(term) ?? 0, articles);
    weight += rarity;
    if (!others.has(term)) continue;
    shared += 1;
    sharedWeight += rarity;
  }
  if (shared < MIN_SHARED || sharedWeight < MIN_SHARED_WEIGHT) return 0;
  return sharedWeight / (weight * Math.min(1, others.size / terms.length));
}

/** From 1 for a term of one article alone to 0 for one of all. */
function rarityOf(frequency: number, articles: number): number {
  return Math.max(0, 1 - Math.log1p(frequency) / Math.log(articles + 2));
}
