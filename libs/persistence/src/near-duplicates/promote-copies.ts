import type { Merge } from '../articles/write-plan.ts';
import type { Query } from '../database/session.ts';
import { PUT_IN_BANDS } from './signature-statements.ts';
import { forgetSignatures } from './write-signatures.ts';

/** The earliest copy of each takes its place; the others point to that one. */
const PROMOTE_FIRST = `
WITH first AS (
  SELECT DISTINCT ON (copy_of) copy_of, id FROM article
  WHERE copy_of = ANY ($1::uuid[]) AND id <> ALL ($1::uuid[]) AND duplicate_of IS NULL
  ORDER BY copy_of, first_seen_at, id
)
UPDATE article SET copy_of = nullif(first.id, article.id)
FROM first WHERE article.copy_of = first.copy_of
RETURNING article.id, article.copy_of, article.url, article.title, article.content_hash, article.revision`;

/** What stands for the merged article stands for its copies too; or its own original, where it has one. */
const MOVE_COPIES = `
UPDATE article SET copy_of = nullif(coalesce(nullif(main.copy_of, merge.article_id), main.id), article.id)
FROM unnest($1::uuid[], $2::uuid[]) AS merge(article_id, main_id) JOIN article AS main ON main.id = merge.main_id
WHERE article.copy_of = merge.article_id
RETURNING article.id, article.copy_of`;

const FORGET_ORIGINALS = `
UPDATE article SET copy_of = NULL WHERE id = ANY ($1::uuid[]) AND copy_of IS NOT NULL`;

export interface MovedCopy {
  readonly id: string;
  readonly copy_of: string | null;
  readonly url: string | null;
  readonly title: string;
  readonly content_hash: string;
  readonly revision: number;
}

/**
 * Run before articles are deleted, and under the lock of the change log: else a copy that is being written would
 * go on pointing to what is gone. Returns the copies whose original has changed.
 */
export async function promoteCopies(
  query: Query,
  ids: readonly string[],
): Promise<readonly MovedCopy[]> {
  await forgetSignatures(query, ids);
  const moved = await query<MovedCopy>(PROMOTE_FIRST, [ids]);
  await putInBands(query, moved);
  return moved;
}

/** Articles that turned out to be other addresses of one are hidden, and nothing is a copy of them. */
export async function moveCopiesOfMerged(query: Query, merges: readonly Merge[]): Promise<void> {
  if (merges.length === 0) return;
  const merged = merges.map(({ articleId }) => articleId);
  await forgetSignatures(query, merged);
  const mains = merges.map(({ duplicateOf }) => duplicateOf);
  await putInBands(query, await query<MovedCopy>(MOVE_COPIES, [merged, mains]));
  await query(FORGET_ORIGINALS, [merged]);
}

async function putInBands(
  query: Query,
  moved: readonly Pick<MovedCopy, 'id' | 'copy_of'>[],
): Promise<void> {
  const originals = moved.filter((row) => row.copy_of === null).map((row) => row.id);
  if (originals.length > 0) await query(PUT_IN_BANDS, [originals]);
}
