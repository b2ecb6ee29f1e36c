import { decideDuplicate } from '@broadsheet/article';
import type { UncausedChange } from '../articles/change-log.ts';
import type { Merge } from '../articles/write-plan.ts';
import type { Query } from '../database/session.ts';
import { WriteConflict } from '../persistence.errors.ts';
import type { CopyDecision, CopyJudgement, CopySubject } from './copy-subject.ts';
import { BandIndex, chooseOriginal, compareSeen, shortlist } from './decide-copies.ts';
import { type ComparedRow, originalOf, readTexts } from './judge-copies.ts';
import { moveCopiesOfMerged } from './promote-copies.ts';
import {
  KEEP_ORIGINALS,
  POINT_TO_ORIGINALS,
  PUT_IN_BANDS,
  READ_COPIES,
  READ_NEW_SIGNATURES,
  TAKE_OUT_BANDS,
} from './signature-statements.ts';

interface NewSignature {
  readonly article_id: string;
  readonly sketch: Uint8Array;
  readonly bands: readonly number[];
}

interface CopyRow extends ComparedRow {
  readonly copy_of: string;
  readonly revision: number;
}

export interface SettledCopies {
  readonly decisions: readonly CopyDecision[];
  /** Others whose original is not what it was. */
  readonly released: readonly UncausedChange[];
}

/**
 * Makes good what other writers did since the judgement. Run under the lock of the change log, which every writer
 * takes and holds until it commits: what is not visible by then looks at this batch in its own turn.
 *
 * @throws {WriteConflict} where an original is none any more: then the batch is decided again
 */
export async function settleCopies(
  query: Query,
  judgement: CopyJudgement,
  merges: readonly Merge[],
): Promise<SettledCopies> {
  const joined = await joinNewOriginals(query, judgement);
  await moveCopiesOfMerged(query, merges);
  const mains = new Map(merges.map(({ articleId, duplicateOf }) => [articleId, duplicateOf]));
  const decisions = joined.map((decision) => throughMerge(decision, mains));
  await requireOriginals(query, decisions, new Set(mains.values()));
  return { decisions, released: await releaseCopies(query, judgement.subjects) };
}

/** Subjects without an original may be copies of what others have just written. */
async function joinNewOriginals(
  query: Query,
  { subjects, decisions, snapshot }: CopyJudgement,
): Promise<readonly CopyDecision[]> {
  const rows = await query<NewSignature>(READ_NEW_SIGNATURES, [snapshot]);
  if (rows.length === 0) return decisions;
  const index = new BandIndex<NewSignature>();
  for (const row of rows) index.add(row);
  const undecided = new Set(
    decisions.filter(({ original }) => original === null).map(({ articleId }) => articleId),
  );
  const late = new Map<string, CopyDecision>();
  for (const subject of subjects) {
    if (!undecided.has(subject.id) || subject.hasCopies) continue;
    const decision = await chooseAmong(query, subject, index);
    if (decision?.original) late.set(subject.id, decision);
  }
  if (late.size === 0) return decisions;
  const settled = decisions.map((decision) => followed(decision, late));
  const moved = settled.filter((decision, n) => decision !== decisions[n]);
  await query(TAKE_OUT_BANDS, [[...late.keys()]]);
  await pointTo(
    query,
    moved.map(({ articleId, original }) => ({ id: articleId, copyOf: original?.id ?? null })),
  );
  return settled;
}

async function chooseAmong(
  query: Query,
  subject: CopySubject,
  index: BandIndex<NewSignature>,
): Promise<CopyDecision | null> {
  const { bands, sketch } = subject.signature;
  const near = shortlist(sketch, index.sharing(bands)).map((row) => row.article_id);
  if (near.length === 0) return null;
  return chooseOriginal(subject, [...(await readTexts(query, near)).values()]);
}

/** A copy of a subject that has turned out to be a copy itself is one of that one's original. */
function followed(decision: CopyDecision, late: ReadonlyMap<string, CopyDecision>): CopyDecision {
  const own = late.get(decision.articleId);
  if (own) return own;
  const { original } = decision;
  const next = original === null ? null : (late.get(original.id)?.original ?? null);
  return original === null || next === null
    ? decision
    : { ...decision, original: { ...original, id: next.id } };
}

/** An article that was merged stands for none; the one it was merged into is no copy of it. */
function throughMerge(decision: CopyDecision, mains: ReadonlyMap<string, string>): CopyDecision {
  const { articleId, original } = decision;
  const main = original === null ? undefined : mains.get(original.id);
  if (original === null || main === undefined) return decision;
  return { articleId, original: main === articleId ? null : { ...original, id: main } };
}

async function requireOriginals(
  query: Query,
  decisions: readonly CopyDecision[],
  merged: ReadonlySet<string>,
): Promise<void> {
  const pointedTo = decisions.flatMap(({ original }) => (original === null ? [] : [original.id]));
  const ids = [...new Set(pointedTo)].filter((id) => !merged.has(id));
  if (ids.length === 0) return;
  const kept = await query<{ id: string }>(KEEP_ORIGINALS, [ids]);
  if (kept.length < ids.length) throw new WriteConflict('an original has gone meanwhile');
}

/** Copies that no longer resemble a revised original go on together, the one seen first as their original. */
async function releaseCopies(
  query: Query,
  subjects: readonly CopySubject[],
): Promise<readonly UncausedChange[]> {
  const revised = new Map(
    subjects.filter(({ hasCopies }) => hasCopies).map((subject) => [subject.id, subject]),
  );
  if (revised.size === 0) return [];
  const rows = await query<CopyRow>(READ_COPIES, [[...revised.keys()]]);
  const released = rows
    .map((row) => ({ copyOf: row.copy_of, copy: originalOf(row), revision: row.revision }))
    .filter(({ copyOf, copy }) => {
      const original = revised.get(copyOf)?.compared;
      return original && !decideDuplicate(original, copy.compared).isDuplicate;
    })
    .sort((a, b) => compareSeen(a.copy, b.copy));
  const firsts = new Map<string, string>();
  for (const { copyOf, copy } of released) {
    if (!firsts.has(copyOf)) firsts.set(copyOf, copy.id);
  }
  const moves = released.map(({ copyOf, copy: { id } }) => {
    const first = firsts.get(copyOf) ?? id;
    return { id, copyOf: first === id ? null : first };
  });
  await pointTo(query, moves);
  if (firsts.size > 0) await query(PUT_IN_BANDS, [[...firsts.values()]]);
  return released.map(({ copy: { id }, revision }) => ({
    articleId: id,
    revision,
    kind: 'refreshed',
  }));
}

async function pointTo(
  query: Query,
  moves: readonly { readonly id: string; readonly copyOf: string | null }[],
): Promise<void> {
  if (moves.length === 0) return;
  await query(POINT_TO_ORIGINALS, [moves.map(({ id }) => id), moves.map(({ copyOf }) => copyOf)]);
}
