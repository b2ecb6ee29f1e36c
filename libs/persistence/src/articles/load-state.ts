import type { ArticleTombstone } from '@broadsheet/article';
import type { Query } from '../database/session.ts';
import type { ArticleArrival } from './article-arrival.ts';
import type { StoredState, WriteState } from './write-state.ts';

// Locked in the order of their ids, so that two writers never wait in a circle.
const LOCK_ALIASES = `
SELECT address_id, article_id FROM article_alias
WHERE address_id = ANY ($1::uuid[]) ORDER BY address_id FOR UPDATE`;

const LOCK_ARTICLES = `
SELECT id, revision, content_hash, fields_hash, fetched_at, appended_at, parser_generation, first_seen_at, duplicate_of, copy_of
FROM article WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`;

const READ_TOMBSTONES = `
SELECT article_id, reason, at FROM article_tombstone WHERE article_id = ANY ($1::uuid[])`;

interface AliasRow {
  readonly address_id: string;
  readonly article_id: string;
}

interface StateRow {
  readonly id: string;
  readonly revision: number;
  readonly content_hash: string;
  readonly fields_hash: string;
  readonly fetched_at: Date;
  readonly appended_at: Date;
  readonly parser_generation: number;
  readonly first_seen_at: Date;
  readonly duplicate_of: string | null;
  readonly copy_of: string | null;
}

interface TombstoneRow {
  readonly article_id: string;
  readonly reason: ArticleTombstone['reason'];
  readonly at: Date;
}

/** Reads and locks whatever the arrivals touch. */
export async function loadState(
  query: Query,
  arrivals: readonly ArticleArrival[],
): Promise<WriteState> {
  const addressIds = unique(
    arrivals.flatMap(({ article }) => [article.id, ...article.addresses.map((a) => a.addressId)]),
  );
  const aliasRows = await query<AliasRow>(LOCK_ALIASES, [addressIds]);
  const aliases = new Map(aliasRows.map((row) => [row.address_id, row.article_id]));
  const ids = unique([...addressIds, ...aliases.values()]);
  const articles = new Map<string, StoredState>();
  await lockArticles(query, ids, articles);
  const tombstones = await query<TombstoneRow>(READ_TOMBSTONES, [ids]);
  return {
    articles,
    aliases,
    tombstones: new Map(
      tombstones.map(({ article_id: id, reason, at }) => [id, { reason, at: at.toISOString() }]),
    ),
  };
}

/** Goes on to the articles that duplicates point to: a merge may have happened while we waited. */
async function lockArticles(
  query: Query,
  ids: readonly string[],
  articles: Map<string, StoredState>,
): Promise<void> {
  const rows = await query<StateRow>(LOCK_ARTICLES, [ids]);
  for (const row of rows) articles.set(row.id, stateOf(row));
  const next = unique(
    rows.flatMap(({ duplicate_of: id }) => (id !== null && !articles.has(id) ? [id] : [])),
  );
  if (next.length > 0) await lockArticles(query, next, articles);
}

function stateOf(row: StateRow): StoredState {
  return {
    id: row.id,
    revision: row.revision,
    contentHash: row.content_hash,
    fieldsHash: row.fields_hash,
    version: {
      fetchedAt: row.fetched_at.toISOString(),
      appendedAt: row.appended_at.toISOString(),
      parserGeneration: row.parser_generation,
    },
    firstSeenAt: row.first_seen_at.toISOString(),
    duplicateOf: row.duplicate_of,
    copyOf: row.copy_of,
  };
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
