import type { MigrationInterface, QueryRunner } from 'typeorm';

const CONTENT_COLUMNS = `
  url text,
  canonical_url text,
  site text,
  source jsonb,
  title text NOT NULL,
  description text,
  dateline text,
  authors text[] NOT NULL,
  published_at timestamptz,
  published_at_precision text,
  published_at_offset text,
  modified_at timestamptz,
  language text,
  "text" text NOT NULL,
  html text NOT NULL,
  image jsonb,
  section text,
  categories text[] NOT NULL,
  keywords text[] NOT NULL,
  word_count integer NOT NULL,
  paywalled boolean NOT NULL,
  truncated boolean NOT NULL,
  content_hash text NOT NULL,
  provenance jsonb NOT NULL,
  fetched_at timestamptz NOT NULL,
  appended_at timestamptz NOT NULL,
  parser_generation integer NOT NULL`;

/** lz4 halves the time spent compressing large columns; not every build of Postgres has it. */
const PREFER_LZ4 = `
DO $$
BEGIN
  IF (SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression') THEN
    ALTER TABLE article
      ALTER COLUMN "text" SET COMPRESSION lz4,
      ALTER COLUMN html SET COMPRESSION lz4,
      ALTER COLUMN search_vector SET COMPRESSION lz4;
    ALTER TABLE article_revision
      ALTER COLUMN "text" SET COMPRESSION lz4,
      ALTER COLUMN html SET COMPRESSION lz4;
  END IF;
END
$$`;

const UP = [
  // Large columns lie apart and each page keeps some room, so that an arrival that changes nothing finds
  // a place beside its row: then no index has to be told, and the text index is by far the dearest.
  `CREATE TABLE article (
  id uuid CONSTRAINT article_pkey PRIMARY KEY,${CONTENT_COLUMNS},
  fields_hash text NOT NULL,
  duplicate_of uuid,
  revision integer NOT NULL,
  first_seen_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  sort_at timestamptz NOT NULL,
  search_config text NOT NULL,
  search_vector tsvector NOT NULL
) WITH (fillfactor = 60, toast_tuple_target = 256)`,
  `CREATE INDEX article_sort_at ON article (sort_at, id) WHERE duplicate_of IS NULL`,
  `CREATE INDEX article_first_seen_at ON article (first_seen_at, id) WHERE duplicate_of IS NULL`,
  `CREATE INDEX article_site ON article (site, sort_at, id) WHERE duplicate_of IS NULL`,
  `CREATE INDEX article_search_config ON article (search_config, sort_at, id) WHERE duplicate_of IS NULL`,
  `CREATE INDEX article_duplicate_of ON article (duplicate_of) WHERE duplicate_of IS NOT NULL`,
  `CREATE INDEX article_source_id ON article ((source ->> 'id')) WHERE source IS NOT NULL`,
  `CREATE INDEX article_source_name ON article ((source ->> 'name')) WHERE source IS NOT NULL`,
  `CREATE INDEX article_search_vector ON article USING gin (search_vector) WITH (gin_pending_list_limit = 1024)`,
  `CREATE TABLE article_revision (
  article_id uuid NOT NULL CONSTRAINT article_revision_article_id_fkey REFERENCES article (id) ON DELETE CASCADE,
  revision integer NOT NULL,${CONTENT_COLUMNS},
  created_at timestamptz NOT NULL,
  superseded_at timestamptz NOT NULL,
  CONSTRAINT article_revision_pkey PRIMARY KEY (article_id, revision)
)`,
  `CREATE TABLE article_alias (
  address_id uuid CONSTRAINT article_alias_pkey PRIMARY KEY,
  article_id uuid NOT NULL,
  url text NOT NULL
)`,
  `CREATE INDEX article_alias_article_id ON article_alias (article_id)`,
  `CREATE TABLE article_change (
  position bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT article_change_pkey PRIMARY KEY,
  article_id uuid NOT NULL,
  revision integer NOT NULL,
  kind text NOT NULL,
  at timestamptz NOT NULL,
  caused_topic text,
  caused_partition integer,
  caused_offset bigint,
  parser_generation integer
)`,
  `CREATE UNIQUE INDEX article_change_cause ON article_change (caused_topic, caused_partition, caused_offset, parser_generation)`,
  `CREATE INDEX article_change_article_id ON article_change (article_id, position)`,
  `CREATE TABLE article_tombstone (
  article_id uuid CONSTRAINT article_tombstone_pkey PRIMARY KEY,
  reason text NOT NULL,
  at timestamptz NOT NULL
)`,
  `CREATE TABLE trail (
  id uuid CONSTRAINT trail_pkey PRIMARY KEY,
  subject uuid NOT NULL,
  step text NOT NULL,
  service text NOT NULL,
  at timestamptz NOT NULL,
  url text,
  record text,
  article_id uuid,
  code text,
  detail jsonb NOT NULL
)`,
  `CREATE INDEX trail_subject ON trail (subject)`,
  `CREATE INDEX trail_record ON trail (record) WHERE record IS NOT NULL`,
  PREFER_LZ4,
];

const DOWN = [
  'DROP TABLE trail',
  'DROP TABLE article_tombstone',
  'DROP TABLE article_change',
  'DROP TABLE article_alias',
  'DROP TABLE article_revision',
  'DROP TABLE article',
];

export class Articles1785000000001 implements MigrationInterface {
  readonly name = 'Articles1785000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
