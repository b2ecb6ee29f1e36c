import { decideDuplicate, estimateSimilarity } from '@broadsheet/article';
import type { CopyDecision, CopySubject, OriginalArticle } from './copy-subject.ts';

/** Below what the texts themselves have to have in common, by three deviations of the estimate. */
const MIN_ESTIMATE = 0.22;
const MAX_COMPARED = 6;

interface Sketched {
  readonly sketch: Uint8Array;
}

/** The few candidates that are worth reading, most similar first. */
export function shortlist<Candidate extends Sketched>(
  sketch: Uint8Array,
  candidates: readonly Candidate[],
): readonly Candidate[] {
  return candidates
    .map((candidate) => ({ candidate, estimate: estimateSimilarity(sketch, candidate.sketch) }))
    .filter(({ estimate }) => estimate >= MIN_ESTIMATE)
    .sort((a, b) => b.estimate - a.estimate)
    .slice(0, MAX_COMPARED)
    .map(({ candidate }) => candidate);
}

/** Of the originals that it is a copy of, the one that was seen first. */
export function chooseOriginal(
  { id, compared }: CopySubject,
  originals: readonly OriginalArticle[],
): CopyDecision {
  const duplicates = originals
    .map((original) => ({ original, ...decideDuplicate(original.compared, compared) }))
    .filter(({ isDuplicate }) => isDuplicate)
    .sort((a, b) => compareSeen(a.original, b.original));
  const [first] = duplicates;
  const original = first ? { id: first.original.id, similarity: first.similarity } : null;
  return { articleId: id, original };
}

export function compareSeen(
  a: Pick<OriginalArticle, 'id' | 'firstSeenAt'>,
  b: Pick<OriginalArticle, 'id' | 'firstSeenAt'>,
): number {
  const order = Date.parse(a.firstSeenAt) - Date.parse(b.firstSeenAt);
  return order === 0 ? (a.id < b.id ? -1 : 1) : order;
}

/** Originals by their bands, in memory: of a batch, or of what others have just written. */
export class BandIndex<Entry extends { readonly bands: Int32Array | readonly number[] }> {
  private readonly byBand = new Map<number, Entry[]>();
  private static readonly MAX_PER_BAND = 16;

  add(entry: Entry): void {
    for (const band of entry.bands) {
      const entries = this.byBand.get(band);
      if (entries === undefined) this.byBand.set(band, [entry]);
      else {
        entries.push(entry);
        if (entries.length > BandIndex.MAX_PER_BAND) entries.shift();
      }
    }
  }

  sharing(bands: Int32Array): readonly Entry[] {
    const found = new Set<Entry>();
    for (const band of bands) for (const entry of this.byBand.get(band) ?? []) found.add(entry);
    return [...found];
  }
}

/**
 * Decides for the subjects of a batch, those seen first before the others: each may be a copy of one that is stored
 * or of one before it. A stored original stays one whatever dates come later, and so does one that has copies.
 *
 * @param stored the shortlisted originals of each subject, by its id
 */
export function decideCopies(
  subjects: readonly CopySubject[],
  stored: ReadonlyMap<string, readonly OriginalArticle[]>,
): readonly CopyDecision[] {
  const index = new BandIndex<{
    bands: Int32Array;
    sketch: Uint8Array;
    subject: CopySubject;
  }>();
  return [...subjects].sort(compareSeen).map((subject) => {
    const { sketch, bands } = subject.signature;
    if (subject.hasCopies) {
      index.add({ bands, sketch, subject });
      return { articleId: subject.id, original: null };
    }
    const ofBatch = shortlist(sketch, index.sharing(bands)).map((entry) => entry.subject);
    const known = chooseOriginal(subject, stored.get(subject.id) ?? []);
    const decision = known.original === null ? chooseOriginal(subject, ofBatch) : known;
    if (decision.original === null) index.add({ bands, sketch, subject });
    return decision;
  });
}
