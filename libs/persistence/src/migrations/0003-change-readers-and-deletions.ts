import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // Readers of the change log skip what changed nothing, which is most of it once feeds are polled.
  `CREATE INDEX article_change_told ON article_change (position) WHERE kind NOT IN ('unchanged', 'outdated')`,
  `CREATE TABLE deletion (
     article_id uuid NOT NULL,
     requested_at timestamptz NOT NULL,
     events jsonb,
     CONSTRAINT deletion_pkey PRIMARY KEY (article_id))`,
];

const DOWN = ['DROP TABLE deletion', 'DROP INDEX article_change_told'];

/** What reading the change log needs, and the gateway's orders to delete. */
export class ChangeReadersAndDeletions1785000000003 implements MigrationInterface {
  readonly name = 'ChangeReadersAndDeletions1785000000003';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
