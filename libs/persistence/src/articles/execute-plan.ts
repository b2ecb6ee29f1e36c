import type { TrailEvent } from '@broadsheet/contracts';
import { bulkParameters, sliceRows } from '../database/bulk-statement.ts';
import type { Query } from '../database/session.ts';
import { WriteConflict } from '../persistence.errors.ts';
import { searchConfigOf } from '../search/search-config.ts';
import { INSERT_TRAIL, TRAIL_COLUMNS } from '../trail/trail-statements.ts';
import { searchableText } from './searchable-text.ts';
import type { ArticleContent } from './stored-article.ts';
import type { PlannedAlias, PlannedArticle, WritePlan } from './write-plan.ts';
import {
  ADVANCE_VERSIONS,
  ALIAS_COLUMNS,
  ARTICLE_COLUMNS,
  type ArticleRow,
  INSERT_ALIASES,
  INSERT_REVISIONS,
  KEEP_STORED_REVISIONS,
  MARK_DUPLICATES,
  MOVE_ADDRESSES_OF_DUPLICATES,
  MOVE_ALIASES,
  MOVE_EARLIER_DUPLICATES,
  REVISION_COLUMNS,
  UPSERT_ARTICLES,
} from './write-statements.ts';

const STATEMENT_LIMITS = { maxRows: 500, maxBytes: 8 * 1024 * 1024 };

/** Writes all of a plan but its changes. WriteConflict where the rows are no longer as they were read. */
export async function executePlan(
  query: Query,
  plan: WritePlan,
  trail: readonly TrailEvent[],
  now: string,
): Promise<void> {
  // Before the rows are overwritten.
  if (plan.superseded.length > 0) await query(KEEP_STORED_REVISIONS, [plan.superseded, now]);
  await upsertArticles(query, plan.articles);
  await insertPassedRevisions(query, plan.passed, now);
  if (plan.advanced.length > 0) await advanceVersions(query, plan.advanced);
  await insertAliases(query, plan.newAliases);
  await moveAliases(query, plan.movedAliases);
  if (plan.merges.length > 0) await mergeDuplicates(query, plan.merges);
  await insertTrail(query, trail);
}

export async function insertTrail(query: Query, trail: readonly TrailEvent[]): Promise<void> {
  if (trail.length === 0) return;
  await query(INSERT_TRAIL, bulkParameters(TRAIL_COLUMNS, trail));
}

async function insertPassedRevisions(
  query: Query,
  passed: WritePlan['passed'],
  now: string,
): Promise<void> {
  const rows = passed.map(({ articleId, revision, arrival }) => ({
    articleId,
    revision,
    content: arrival.article,
    version: arrival.article.version,
    createdAt: now,
    supersededAt: now,
  }));
  for (const slice of sliceRows(rows, ({ content }) => sizeOf(content), STATEMENT_LIMITS)) {
    await query(INSERT_REVISIONS, bulkParameters(REVISION_COLUMNS, slice));
  }
}

async function upsertArticles(query: Query, articles: readonly PlannedArticle[]): Promise<void> {
  const rows = articles.map(articleRow);
  const bytesOf = ({ content, searchable }: ArticleRow) =>
    sizeOf(content) + (searchable.body?.length ?? 0);
  for (const slice of sliceRows(rows, bytesOf, STATEMENT_LIMITS)) {
    const written = await query<{ id: string; is_new: boolean }>(
      UPSERT_ARTICLES,
      bulkParameters(ARTICLE_COLUMNS, slice),
    );
    const isNew = new Map(written.map((row) => [row.id, row.is_new]));
    if (slice.some((row) => isNew.get(row.id) !== row.isNew)) {
      throw new WriteConflict('another writer wrote the same articles first');
    }
  }
}

function articleRow({ arrival, ...planned }: PlannedArticle): ArticleRow {
  return {
    ...planned,
    content: arrival.article,
    searchConfig: searchConfigOf(arrival.article.language),
    searchable: searchableText(arrival),
  };
}

/** In UTF-16 code units: near enough to bound a statement. */
function sizeOf({ text, html }: ArticleContent): number {
  return text.length + html.length;
}

async function advanceVersions(query: Query, advanced: WritePlan['advanced']): Promise<void> {
  await query(ADVANCE_VERSIONS, [
    advanced.map(({ id }) => id),
    advanced.map(({ version }) => version.fetchedAt),
    advanced.map(({ version }) => version.appendedAt),
    advanced.map(({ version }) => version.parserGeneration),
  ]);
}

async function insertAliases(query: Query, aliases: readonly PlannedAlias[]): Promise<void> {
  if (aliases.length === 0) return;
  const written = await query(INSERT_ALIASES, bulkParameters(ALIAS_COLUMNS, aliases));
  if (written.length !== aliases.length) {
    throw new WriteConflict('another writer met the same addresses first');
  }
}

async function moveAliases(query: Query, aliases: readonly PlannedAlias[]): Promise<void> {
  if (aliases.length === 0) return;
  await query(MOVE_ALIASES, [
    aliases.map(({ addressId }) => addressId),
    aliases.map(({ articleId }) => articleId),
  ]);
}

async function mergeDuplicates(query: Query, merges: WritePlan['merges']): Promise<void> {
  const pairs = [
    merges.map(({ articleId }) => articleId),
    merges.map(({ duplicateOf }) => duplicateOf),
  ];
  await query(MOVE_ADDRESSES_OF_DUPLICATES, pairs);
  await query(MARK_DUPLICATES, pairs);
  await query(MOVE_EARLIER_DUPLICATES, pairs);
}
