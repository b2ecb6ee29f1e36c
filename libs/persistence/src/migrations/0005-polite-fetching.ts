import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `ALTER TABLE source ADD COLUMN folder text`,
  `ALTER TABLE source_state
     ADD COLUMN feed_url text,
     ADD COLUMN memory jsonb NOT NULL DEFAULT '{}',
     ADD COLUMN last_item_at timestamptz,
     ADD COLUMN item_gap_ms bigint,
     ADD COLUMN item_gaps integer NOT NULL DEFAULT 0`,
  `ALTER TABLE frontier
     ADD COLUMN kind text NOT NULL DEFAULT 'page',
     ADD COLUMN etag text,
     ADD COLUMN last_modified text,
     ADD COLUMN body_hash text`,
  `CREATE INDEX frontier_done ON frontier (found_at) WHERE due_at IS NULL`,
  `CREATE TABLE robots (
     origin text NOT NULL,
     verdict text NOT NULL,
     rules text NOT NULL,
     expires_at timestamptz NOT NULL,
     unreachable_since timestamptz,
     CONSTRAINT robots_pkey PRIMARY KEY (origin))`,
];

const DOWN = [
  'DROP TABLE robots',
  'DROP INDEX frontier_done',
  `DELETE FROM frontier WHERE kind <> 'page'`,
  `ALTER TABLE frontier DROP COLUMN kind, DROP COLUMN etag, DROP COLUMN last_modified,
     DROP COLUMN body_hash`,
  `ALTER TABLE source_state DROP COLUMN feed_url, DROP COLUMN memory, DROP COLUMN last_item_at,
     DROP COLUMN item_gap_ms, DROP COLUMN item_gaps`,
  'ALTER TABLE source DROP COLUMN folder',
];

/**
 * What hosts want of crawlers (robots), where a source's feed was found and what its next polls need to
 * know (memory), how often it has news, and what a page looked like when it was last fetched.
 */
export class PoliteFetching1785000000005 implements MigrationInterface {
  readonly name = 'PoliteFetching1785000000005';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
