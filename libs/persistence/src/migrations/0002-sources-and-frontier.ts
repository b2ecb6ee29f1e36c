import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE source (
     id uuid NOT NULL,
     url text NOT NULL,
     host text NOT NULL,
     name text,
     enabled boolean NOT NULL DEFAULT true,
     revision integer NOT NULL DEFAULT 1,
     created_at timestamptz NOT NULL,
     updated_at timestamptz NOT NULL,
     CONSTRAINT source_pkey PRIMARY KEY (id))`,
  `CREATE UNIQUE INDEX source_url ON source (url)`,
  `CREATE INDEX source_added ON source (created_at, id)`,
  `CREATE TABLE source_state (
     source_id uuid NOT NULL,
     source_revision integer NOT NULL,
     host text NOT NULL,
     next_poll_at timestamptz,
     next_poll_reason text NOT NULL,
     interval_ms integer,
     consecutive_failures integer NOT NULL DEFAULT 0,
     etag text,
     last_modified text,
     body_hash text,
     last_polled_at timestamptz,
     last_success_at timestamptz,
     last_error_at timestamptz,
     last_error_code text,
     last_error_detail text,
     items_seen bigint NOT NULL DEFAULT 0,
     CONSTRAINT source_state_pkey PRIMARY KEY (source_id),
     CONSTRAINT source_state_source_id_fkey FOREIGN KEY (source_id) REFERENCES source (id) ON DELETE CASCADE)`,
  `CREATE INDEX source_state_due ON source_state (host, next_poll_at) WHERE next_poll_at IS NOT NULL`,
  `CREATE TABLE frontier (
     address_id uuid NOT NULL,
     url text NOT NULL,
     host text NOT NULL,
     source_id uuid NOT NULL,
     hints jsonb NOT NULL,
     found_at timestamptz NOT NULL,
     due_at timestamptz,
     attempts integer NOT NULL DEFAULT 0,
     fetched_at timestamptz,
     last_error_code text,
     CONSTRAINT frontier_pkey PRIMARY KEY (address_id))`,
  `CREATE INDEX frontier_due ON frontier (host, due_at) WHERE due_at IS NOT NULL`,
  `CREATE TABLE host (
     host text NOT NULL,
     free_at timestamptz NOT NULL,
     turn_at timestamptz,
     CONSTRAINT host_pkey PRIMARY KEY (host))`,
  `CREATE INDEX host_turn ON host (turn_at) WHERE turn_at IS NOT NULL`,
];

const DOWN = ['host', 'frontier', 'source_state', 'source'].map((table) => `DROP TABLE ${table}`);

/**
 * What is followed (source), how that goes (source_state), the pages found (frontier; it also remembers
 * the ones that are done) and when each host may be asked again (host).
 */
export class SourcesAndFrontier1785000000002 implements MigrationInterface {
  readonly name = 'SourcesAndFrontier1785000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
