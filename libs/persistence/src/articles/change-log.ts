import type { ChangeKind, RecordCoordinates } from '@broadsheet/contracts';
import type { Query } from '../database/session.ts';
import { WriteConflict } from '../persistence.errors.ts';
import type { ArticleArrival } from './article-arrival.ts';
import type { PlannedChange } from './write-plan.ts';

const POSITION_LOCK = 7_310_002;

/** The channel on which readers of the change log are woken; see changes/. */
export const CHANGE_CHANNEL = 'article_change';

const FIND_CHANGES = `
SELECT position, article_id, revision, kind, at, caused_topic, caused_partition, caused_offset, parser_generation
FROM article_change
JOIN unnest($1::text[], $2::integer[], $3::bigint[], $4::integer[])
  AS cause(caused_topic, caused_partition, caused_offset, parser_generation)
  USING (caused_topic, caused_partition, caused_offset, parser_generation)`;

const APPEND_CHANGES = `
INSERT INTO article_change (article_id, revision, kind, at, caused_topic, caused_partition, caused_offset, parser_generation)
SELECT article_id, revision, kind, $8::timestamptz, caused_topic, caused_partition, caused_offset, parser_generation
FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::integer[], $6::bigint[], $7::integer[])
  WITH ORDINALITY
  AS incoming(article_id, revision, kind, caused_topic, caused_partition, caused_offset, parser_generation, place)
ORDER BY place
ON CONFLICT (caused_topic, caused_partition, caused_offset, parser_generation) DO NOTHING
RETURNING position, article_id, revision, kind, at, caused_topic, caused_partition, caused_offset, parser_generation`;

const APPEND_UNCAUSED = `
INSERT INTO article_change (article_id, revision, kind, at)
SELECT article_id, revision, kind, $4::timestamptz
FROM unnest($1::uuid[], $2::integer[], $3::text[]) WITH ORDINALITY
  AS incoming(article_id, revision, kind, place)
ORDER BY place
RETURNING position`;

/** What is not told to readers of the change log wakes none of them. */
const UNTOLD: ReadonlySet<ChangeKind> = new Set(['unchanged', 'outdated']);

interface ChangeRow {
  readonly position: string;
  readonly article_id: string;
  readonly revision: number;
  readonly kind: ChangeKind;
  readonly at: Date;
  readonly caused_topic: string;
  readonly caused_partition: number;
  readonly caused_offset: string;
  readonly parser_generation: number;
}

interface LoggedChange {
  readonly position: string;
  readonly articleId: string;
  readonly revision: number;
  readonly kind: ChangeKind;
  readonly at: string;
}

/** By cause, see causeOf. */
export type LoggedChanges = ReadonlyMap<string, LoggedChange>;

/** What makes two arrivals the same one: the raw record, read by the same generation of the parser. */
export function causeOf({ article: { causedBy, version } }: ArticleArrival): string {
  return causeKey(causedBy, version.parserGeneration);
}

export async function findChanges(
  query: Query,
  arrivals: readonly ArticleArrival[],
): Promise<LoggedChanges> {
  return logged(await query<ChangeRow>(FIND_CHANGES, causeParameters(arrivals)));
}

/**
 * The last statements of a transaction: commit right after. Positions are given out under a lock that is
 * held until the commit, so they become visible in their order, and whoever has read p has seen all before.
 */
export async function appendChanges(
  query: Query,
  changes: readonly PlannedChange[],
  at: string,
): Promise<LoggedChanges> {
  if (changes.length === 0) return new Map();
  await lockPositions(query);
  const rows = await query<ChangeRow>(APPEND_CHANGES, [
    changes.map(({ articleId }) => articleId),
    changes.map(({ revision }) => revision),
    changes.map(({ kind }) => kind),
    ...causeParameters(changes.map(({ arrival }) => arrival)),
    at,
  ]);
  if (rows.length !== changes.length) {
    throw new WriteConflict('another writer logged the same causes first');
  }
  await wakeReaders(query, changes);
  return logged(rows);
}

/** A change that no record caused. */
export type UncausedChange = Pick<PlannedChange, 'articleId' | 'revision' | 'kind'>;

/** Like appendChanges; returns one position for each, in order. */
export async function appendUncausedChanges(
  query: Query,
  changes: readonly UncausedChange[],
  at: string,
): Promise<readonly string[]> {
  if (changes.length === 0) return [];
  await lockPositions(query);
  const rows = await query<{ position: string }>(APPEND_UNCAUSED, [
    changes.map(({ articleId }) => articleId),
    changes.map(({ revision }) => revision),
    changes.map(({ kind }) => kind),
    at,
  ]);
  await wakeReaders(query, changes);
  return rows.map(({ position }) => position);
}

/** Held until the transaction ends, so that writers do one after the other what they do from here on. */
export async function lockPositions(query: Query): Promise<void> {
  await query('SELECT pg_advisory_xact_lock($1)', [POSITION_LOCK]);
}

/** Postgres delivers it when the transaction commits, and not at all where it does not. */
async function wakeReaders(query: Query, changes: readonly UncausedChange[]): Promise<void> {
  if (changes.every(({ kind }) => UNTOLD.has(kind))) return;
  await query('SELECT pg_notify($1, $2)', [CHANGE_CHANNEL, '']);
}

function causeParameters(arrivals: readonly ArticleArrival[]): unknown[] {
  return [
    arrivals.map(({ article }) => article.causedBy.topic),
    arrivals.map(({ article }) => article.causedBy.partition),
    arrivals.map(({ article }) => article.causedBy.offset),
    arrivals.map(({ article }) => article.version.parserGeneration),
  ];
}

function causeKey({ topic, partition, offset }: RecordCoordinates, generation: number): string {
  return `${topic}/${String(partition)}/${String(BigInt(offset))}@${String(generation)}`;
}

function logged(rows: readonly ChangeRow[]): LoggedChanges {
  return new Map(
    rows.map((row) => [
      causeKey(
        { topic: row.caused_topic, partition: row.caused_partition, offset: row.caused_offset },
        row.parser_generation,
      ),
      {
        position: row.position,
        articleId: row.article_id,
        revision: row.revision,
        kind: row.kind,
        at: row.at.toISOString(),
      },
    ]),
  );
}
