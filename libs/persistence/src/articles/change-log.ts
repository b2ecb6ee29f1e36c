import type { ChangeKind, RecordCoordinates } from '@broadsheet/contracts';
import type { Query } from '../database/session.ts';
import { WriteConflict } from '../persistence.errors.ts';
import type { ArticleArrival } from './article-arrival.ts';
import type { PlannedChange } from './write-plan.ts';

const POSITION_LOCK = 7_310_002;

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
  await query('SELECT pg_advisory_xact_lock($1)', [POSITION_LOCK]);
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
  return logged(rows);
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
