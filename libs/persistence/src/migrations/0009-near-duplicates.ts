import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  'ALTER TABLE article ADD COLUMN copy_of uuid',
  // Texts that were there before are copies where they are the same to the letter.
  `UPDATE article SET copy_of = ranked.first_id
FROM (
  SELECT id, first_value(id) OVER (PARTITION BY content_hash ORDER BY first_seen_at, id) AS first_id
  FROM article WHERE duplicate_of IS NULL
) AS ranked
WHERE article.id = ranked.id AND ranked.first_id <> ranked.id`,
  'CREATE INDEX article_copy_of ON article (copy_of) WHERE copy_of IS NOT NULL',
  'DROP INDEX article_content_hash',
  `CREATE TABLE article_signature (
  number integer GENERATED ALWAYS AS IDENTITY CONSTRAINT article_signature_pkey PRIMARY KEY,
  article_id uuid NOT NULL CONSTRAINT article_signature_article_id_key UNIQUE,
  sketch bytea NOT NULL,
  bands integer[] NOT NULL,
  written_by bigint NOT NULL
)`,
  'CREATE INDEX article_signature_written_by ON article_signature (written_by)',
  `CREATE TABLE article_band (
  hash integer NOT NULL,
  number integer NOT NULL,
  CONSTRAINT article_band_pkey PRIMARY KEY (hash, number)
)`,
];

const DOWN = [
  'DROP TABLE article_band',
  'DROP TABLE article_signature',
  'CREATE INDEX article_content_hash ON article USING hash (content_hash) WHERE duplicate_of IS NULL',
  'DROP INDEX article_copy_of',
  'ALTER TABLE article DROP COLUMN copy_of',
];

export class NearDuplicates1785000000009 implements MigrationInterface {
  readonly name = 'NearDuplicates1785000000009';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
