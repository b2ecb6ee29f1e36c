import { setImmediate as nextTurn } from 'node:timers/promises';
import { signText } from '@broadsheet/article';
import type { PlannedArticle } from '../articles/write-plan.ts';
import type { Query } from '../database/session.ts';
import {
  type CopyJudgement,
  type CopySubject,
  LazilyCompared,
  type OriginalArticle,
} from './copy-subject.ts';
import { decideCopies, shortlist } from './decide-copies.ts';
import {
  FIND_CANDIDATES,
  READ_COPIES,
  READ_ORIGINALS,
  TAKE_SNAPSHOT,
} from './signature-statements.ts';

/** Longest stretch of computing between two turns of the event loop. */
const MAX_STRETCH_MS = 15;

interface CandidateRow {
  readonly subject: number;
  readonly article_id: string;
  readonly sketch: Uint8Array;
}

export interface ComparedRow {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly content_hash: string;
  readonly first_seen_at: Date;
}

/** Finds what the new and the reworded articles of a batch are copies of; writes nothing. */
export async function judgeCopies(
  query: Query,
  articles: readonly PlannedArticle[],
): Promise<CopyJudgement> {
  const reworded = articles.filter(({ isReworded }) => isReworded);
  const [snapshot] = await query<{ snapshot: string }>(TAKE_SNAPSHOT);
  const withCopies = await findThoseWithCopies(query, reworded);
  const { subjects, wordless } = await signAll(reworded, withCopies);
  const stored = await readOriginals(query, subjects);
  return {
    subjects,
    decisions: decideCopies(subjects, stored),
    wordless,
    snapshot: snapshot?.snapshot ?? '',
  };
}

async function findThoseWithCopies(
  query: Query,
  reworded: readonly PlannedArticle[],
): Promise<ReadonlySet<string>> {
  const revised = reworded.filter(({ isNew }) => !isNew).map(({ id }) => id);
  if (revised.length === 0) return new Set();
  const rows = await query<{ copy_of: string }>(READ_COPIES, [revised]);
  return new Set(rows.map((row) => row.copy_of));
}

async function signAll(
  reworded: readonly PlannedArticle[],
  withCopies: ReadonlySet<string>,
): Promise<Pick<CopyJudgement, 'subjects' | 'wordless'>> {
  const subjects: CopySubject[] = [];
  const wordless: string[] = [];
  let stretchBegan = performance.now();
  for (const { id, arrival, firstSeenAt, isNew } of reworded) {
    const { title, text, contentHash } = arrival.article;
    const signature = signText(text);
    if (signature === null) wordless.push(id);
    else {
      const compared = new LazilyCompared({ title, text, contentHash });
      const hasCopies = withCopies.has(id);
      subjects.push({ id, firstSeenAt, signature, compared, isRevised: !isNew, hasCopies });
    }
    if (performance.now() - stretchBegan < MAX_STRETCH_MS) continue;
    await nextTurn();
    stretchBegan = performance.now();
  }
  return { subjects, wordless };
}

/** The stored originals that are worth comparing with each subject, by its id. */
async function readOriginals(
  query: Query,
  subjects: readonly CopySubject[],
): Promise<ReadonlyMap<string, readonly OriginalArticle[]>> {
  if (subjects.length === 0) return new Map();
  const probes = subjects.flatMap(({ signature }, subject) =>
    Array.from(signature.bands, (hash) => ({ subject, hash })),
  );
  const rows = await query<CandidateRow>(FIND_CANDIDATES, [
    probes.map(({ subject }) => subject),
    probes.map(({ hash }) => hash),
  ]);
  // What the batch itself rewrites is compared as it will be.
  const ofBatch = new Set(subjects.map(({ id }) => id));
  const candidates = Map.groupBy(
    rows.filter((row) => !ofBatch.has(row.article_id)),
    (row) => row.subject,
  );
  const lists = subjects.map((subject, n) => ({
    subject,
    ids: shortlist(subject.signature.sketch, candidates.get(n) ?? []).map((row) => row.article_id),
  }));
  const originals = await readTexts(query, [...new Set(lists.flatMap(({ ids }) => ids))]);
  return new Map(
    lists.map(({ subject, ids }) => [subject.id, ids.flatMap((id) => originals.get(id) ?? [])]),
  );
}

/** Those of the articles that are originals. */
export async function readTexts(
  query: Query,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OriginalArticle>> {
  if (ids.length === 0) return new Map();
  const rows = await query<ComparedRow>(READ_ORIGINALS, [ids]);
  return new Map(rows.map((row) => [row.id, originalOf(row)]));
}

export function originalOf(row: ComparedRow): OriginalArticle {
  const { id, title, text, content_hash: contentHash } = row;
  return {
    id,
    firstSeenAt: row.first_seen_at.toISOString(),
    compared: new LazilyCompared({ title, text, contentHash }),
  };
}
