import { trailEventId } from '@broadsheet/article';
import type { ArticleIndexed, TrailEvent } from '@broadsheet/contracts';
import {
  appendUncausedChanges,
  lockPositions,
  type UncausedChange,
} from '../articles/change-log.ts';
import { type MovedCopy, promoteCopies } from '../near-duplicates/promote-copies.ts';
import { bulkParameters } from '../database/bulk-statement.ts';
import type { Query } from '../database/session.ts';
import { INSERT_TRAIL, TRAIL_COLUMNS } from '../trail/trail-statements.ts';

// Addresses first, then articles, each in the order of their ids: as the writers of arrivals lock them.
const LOCK_ALIASES = `
SELECT address_id FROM article_alias WHERE article_id = $1::uuid ORDER BY address_id FOR UPDATE`;

const LOCK_ARTICLES = `
SELECT id, url, title, content_hash, revision FROM article
WHERE id = $1::uuid OR duplicate_of = $1::uuid ORDER BY id FOR UPDATE`;

const FIRST_DUPLICATE = `
SELECT id FROM article WHERE duplicate_of = $1::uuid ORDER BY first_seen_at, id LIMIT 1`;

/** The addresses of the duplicates lead to the one that stands for them from now on. */
const MOVE_ALIASES = `
UPDATE article_alias SET article_id = $2::uuid
FROM article
WHERE article_alias.article_id = $1::uuid AND article.duplicate_of = $1::uuid
  AND (article_alias.address_id = article.id OR article_alias.url IN (article.url, article.canonical_url))
  AND article_alias.address_id <> $1::uuid`;

const PROMOTE = `
UPDATE article SET duplicate_of = nullif($2::uuid, id) WHERE duplicate_of = $1::uuid`;

/** A person's deletion outlasts one by the retention. */
const BURY = `
INSERT INTO article_tombstone (article_id, reason, at) VALUES ($1::uuid, $3, $2::timestamptz)
ON CONFLICT (article_id) DO UPDATE SET at = excluded.at,
  reason = CASE WHEN article_tombstone.reason = 'person' THEN 'person' ELSE excluded.reason END`;

/** Steps stay, to answer where the article is; what they quote of it does not. */
const FORGET_TITLES = `
UPDATE trail SET detail = detail - 'title' WHERE subject = ANY ($1::uuid[]) AND detail ? 'title'`;

/** Its revisions go with it. */
const DELETE_ARTICLE = 'DELETE FROM article WHERE id = $1::uuid';

/** Somebody's word holds for ever, the retention's for what was fetched before it. */
export type DeletionReason = 'person' | 'retention';

export interface DeletionOrder {
  readonly articleId: string;
  readonly reason: DeletionReason;
}

interface LockedArticle {
  readonly id: string;
  readonly url: string | null;
  readonly title: string;
  readonly content_hash: string;
  readonly revision: number;
}

/**
 * Deletes an article for ever and lets the earliest of its duplicates, and of its copies, take its place. Ends by appending
 * changes: commit right after. Returns what is to be published; nothing where there is no such article.
 */
export async function deleteArticle(
  query: Query,
  { articleId: id, reason }: DeletionOrder,
  at: string,
): Promise<readonly ArticleIndexed[]> {
  const addresses = await query<{ address_id: string }>(LOCK_ALIASES, [id]);
  const locked = new Map(
    (await query<LockedArticle>(LOCK_ARTICLES, [id])).map((row) => [row.id, row]),
  );
  const deleted = locked.get(id);
  await query(BURY, [id, at, reason]);
  if (!deleted) return [];
  const promoted = await promoteDuplicate(query, id);
  await lockPositions(query);
  const copies = await promoteCopies(query, [id]);
  await query(DELETE_ARTICLE, [id]);
  await query(FORGET_TITLES, [[id, ...addresses.map((row) => row.address_id)]]);
  await query(INSERT_TRAIL, bulkParameters(TRAIL_COLUMNS, [deletedStep(deleted, reason, at)]));
  const next = promoted === null ? [] : [locked.get(promoted) ?? deleted];
  const others = [...next, ...copies].map((row) => changeOf(row, 'refreshed'));
  return appended(query, [changeOf(deleted, 'deleted'), ...others], at);
}

/** A change and what is to be published about it. */
interface ToldChange {
  readonly change: UncausedChange;
  readonly about: Pick<ArticleIndexed, 'url' | 'title' | 'contentHash'>;
}

function changeOf(row: LockedArticle | MovedCopy, kind: 'deleted' | 'refreshed'): ToldChange {
  const { id: articleId, revision, url, title, content_hash: contentHash } = row;
  return { change: { articleId, revision, kind }, about: { url, title, contentHash } };
}

async function appended(
  query: Query,
  told: readonly ToldChange[],
  at: string,
): Promise<readonly ArticleIndexed[]> {
  const changes = told.map(({ change }) => change);
  const positions = await appendUncausedChanges(query, changes, at);
  return told.map(({ change, about }, index) => {
    const position = positions[index] ?? '0';
    return { ...change, ...about, position, at, causedBy: null };
  });
}

async function promoteDuplicate(query: Query, id: string): Promise<string | null> {
  const [next] = await query<{ id: string }>(FIRST_DUPLICATE, [id]);
  if (!next) return null;
  await query(MOVE_ALIASES, [id, next.id]);
  await query(PROMOTE, [id, next.id]);
  return next.id;
}

function deletedStep(
  { id, url, revision }: LockedArticle,
  reason: DeletionReason,
  at: string,
): TrailEvent {
  return {
    id: trailEventId('deleted', id, at),
    subject: id,
    step: 'deleted',
    service: 'indexer',
    at,
    url,
    record: null,
    articleId: null,
    code: null,
    detail: { reason, revision },
  };
}
