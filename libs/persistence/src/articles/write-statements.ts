import {
  type BulkColumn,
  columnNames,
  incomingValues,
  unnested,
} from '../database/bulk-statement.ts';
import { storable } from '../database/storable-values.ts';
import { CONTENT_COLUMNS, type ContentRow } from './content-columns.ts';
import type { SearchableText } from './searchable-text.ts';
import type { PlannedAlias } from './write-plan.ts';

export interface ArticleRow extends ContentRow {
  readonly id: string;
  readonly fieldsHash: string;
  readonly revision: number;
  readonly firstSeenAt: string;
  readonly updatedAt: string | null;
  readonly isNew: boolean;
  readonly copyOf: string | null;
  readonly searchConfig: string;
  readonly searchable: SearchableText;
}

export interface RevisionRow extends ContentRow {
  readonly articleId: string;
  readonly revision: number;
  readonly createdAt: string;
  readonly supersededAt: string;
}

/** Columns that are written as they are sent. */
const PLAIN_COLUMNS: readonly BulkColumn<ArticleRow>[] = [
  { name: 'id', sentAs: 'uuid', value: ({ id }) => id },
  ...CONTENT_COLUMNS,
  { name: 'fields_hash', sentAs: 'text', value: ({ fieldsHash }) => fieldsHash },
  { name: 'revision', sentAs: 'integer', value: ({ revision }) => revision },
  { name: 'first_seen_at', sentAs: 'timestamptz', value: ({ firstSeenAt }) => firstSeenAt },
  { name: 'search_config', sentAs: 'text', value: ({ searchConfig }) => searchConfig },
  { name: 'copy_of', sentAs: 'uuid', value: ({ copyOf }) => copyOf },
];

/** Columns that others are computed from. */
const SOURCE_COLUMNS: readonly BulkColumn<ArticleRow>[] = [
  { name: 'set_updated_at', sentAs: 'timestamptz', value: ({ updatedAt }) => updatedAt },
  { name: 'search_title', sentAs: 'text', value: ({ searchable }) => searchable.title },
  { name: 'search_description', sentAs: 'text', value: ({ searchable }) => searchable.description },
  { name: 'search_body', sentAs: 'text', value: ({ searchable }) => searchable.body },
  { name: 'lead_length', sentAs: 'integer', value: ({ searchable }) => searchable.leadLength },
];

export const ARTICLE_COLUMNS: readonly BulkColumn<ArticleRow>[] = [
  ...PLAIN_COLUMNS,
  ...SOURCE_COLUMNS,
];

const SEARCH_VECTOR = `
  setweight(to_tsvector(incoming.search_config::regconfig, coalesce(incoming.search_title, incoming.title)), 'A')
  || setweight(to_tsvector(incoming.search_config::regconfig, coalesce(incoming.search_description, incoming.description, '')), 'B')
  || setweight(to_tsvector(incoming.search_config::regconfig, left(coalesce(incoming.search_body, incoming.text), incoming.lead_length)), 'C')
  || setweight(to_tsvector(incoming.search_config::regconfig, substr(coalesce(incoming.search_body, incoming.text), incoming.lead_length + 1)), 'D')`;

/** Rows keep the day they were first seen; the date they sort by is never in the future of it. */
const sortAt = (published: string, firstSeen: string) =>
  `least(coalesce(${published}, ${firstSeen}), ${firstSeen})`;

const OVERWRITTEN = [...CONTENT_COLUMNS.map(({ name }) => name), 'fields_hash', 'revision']
  .concat('search_config', 'search_vector', 'copy_of')
  .map((name) => `${name} = excluded.${name}`)
  .join(', ');

const VERSION = ['fetched_at', 'appended_at', 'parser_generation'];
const rowOf = (table: string) => `(${VERSION.map((name) => `${table}.${name}`).join(', ')})`;

/**
 * Returns the rows it wrote. The guard repeats what was decided before: it holds even where a second
 * indexer, not yet aware that it lost the partition, writes at the same time. `xmax` is 0 only in a row
 * that was inserted and not overwritten.
 */
export const UPSERT_ARTICLES = `
INSERT INTO article (${columnNames(PLAIN_COLUMNS)}, updated_at, sort_at, search_vector)
SELECT ${incomingValues(PLAIN_COLUMNS)},
  coalesce(incoming.set_updated_at, incoming.first_seen_at),
  ${sortAt('incoming.published_at', 'incoming.first_seen_at')},
  ${SEARCH_VECTOR}
FROM ${unnested(ARTICLE_COLUMNS)}
ON CONFLICT (id) DO UPDATE SET ${OVERWRITTEN},
  updated_at = CASE WHEN article.revision = excluded.revision THEN article.updated_at ELSE excluded.updated_at END,
  sort_at = ${sortAt('excluded.published_at', 'article.first_seen_at')}
WHERE ${rowOf('excluded')} >= ${rowOf('article')}
RETURNING id, (xmax = 0) AS is_new`;

/** Touches no indexed column, no text and no vector, so the row stays in its page. */
export const ADVANCE_VERSIONS = `
UPDATE article
SET fetched_at = incoming.fetched_at, appended_at = incoming.appended_at, parser_generation = incoming.parser_generation
FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::integer[])
  AS incoming(id, fetched_at, appended_at, parser_generation)
WHERE article.id = incoming.id`;

export const KEEP_STORED_REVISIONS = `
INSERT INTO article_revision (article_id, revision, ${columnNames(CONTENT_COLUMNS)}, created_at, superseded_at)
SELECT id, revision, ${columnNames(CONTENT_COLUMNS)}, updated_at, $2::timestamptz
FROM article WHERE id = ANY ($1::uuid[])`;

export const REVISION_COLUMNS: readonly BulkColumn<RevisionRow>[] = [
  { name: 'article_id', sentAs: 'uuid', value: ({ articleId }) => articleId },
  { name: 'revision', sentAs: 'integer', value: ({ revision }) => revision },
  ...CONTENT_COLUMNS,
  { name: 'created_at', sentAs: 'timestamptz', value: ({ createdAt }) => createdAt },
  { name: 'superseded_at', sentAs: 'timestamptz', value: ({ supersededAt }) => supersededAt },
];

export const INSERT_REVISIONS = `
INSERT INTO article_revision (${columnNames(REVISION_COLUMNS)})
SELECT ${incomingValues(REVISION_COLUMNS)} FROM ${unnested(REVISION_COLUMNS)}`;

export const ALIAS_COLUMNS: readonly BulkColumn<PlannedAlias>[] = [
  { name: 'address_id', sentAs: 'uuid', value: ({ addressId }) => addressId },
  { name: 'article_id', sentAs: 'uuid', value: ({ articleId }) => articleId },
  { name: 'url', sentAs: 'text', value: ({ url }) => storable(url) },
];

export const INSERT_ALIASES = `
INSERT INTO article_alias (${columnNames(ALIAS_COLUMNS)})
SELECT ${incomingValues(ALIAS_COLUMNS)} FROM ${unnested(ALIAS_COLUMNS)}
ON CONFLICT (address_id) DO NOTHING
RETURNING address_id`;

export const MOVE_ALIASES = `
UPDATE article_alias SET article_id = incoming.article_id
FROM unnest($1::uuid[], $2::uuid[]) AS incoming(address_id, article_id)
WHERE article_alias.address_id = incoming.address_id`;

/** The addresses of a duplicate, also those that this batch knows nothing of. */
export const MOVE_ADDRESSES_OF_DUPLICATES = `
UPDATE article_alias SET article_id = merge.duplicate_of
FROM unnest($1::uuid[], $2::uuid[]) AS merge(article_id, duplicate_of)
WHERE article_alias.article_id = merge.article_id`;

export const MARK_DUPLICATES = `
UPDATE article SET duplicate_of = merge.duplicate_of
FROM unnest($1::uuid[], $2::uuid[]) AS merge(article_id, duplicate_of)
WHERE article.id = merge.article_id`;

export const MOVE_EARLIER_DUPLICATES = `
UPDATE article SET duplicate_of = merge.duplicate_of
FROM unnest($1::uuid[], $2::uuid[]) AS merge(article_id, duplicate_of)
WHERE article.duplicate_of = merge.article_id`;
