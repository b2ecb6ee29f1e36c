import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE websub (
     source_id uuid NOT NULL,
     token text NOT NULL,
     secret text NOT NULL,
     hub text NOT NULL,
     topic text NOT NULL,
     failures integer NOT NULL DEFAULT 0,
     renew_at timestamptz NOT NULL,
     lease_until timestamptz,
     CONSTRAINT websub_pkey PRIMARY KEY (source_id),
     CONSTRAINT websub_source_id_fkey FOREIGN KEY (source_id) REFERENCES source (id) ON DELETE CASCADE)`,
  `CREATE UNIQUE INDEX websub_token ON websub (token)`,
  `CREATE TABLE websub_message (
     id bigint GENERATED ALWAYS AS IDENTITY,
     source_id uuid NOT NULL,
     kind text NOT NULL,
     lease_seconds integer,
     content_type text,
     body bytea,
     received_at timestamptz NOT NULL,
     CONSTRAINT websub_message_pkey PRIMARY KEY (id))`,
];

/**
 * Subscriptions at hubs (websub, written by the fetcher), and what hubs say (websub_message, written by the
 * gateway and taken by the fetcher).
 */
export class Websub1785000000013 implements MigrationInterface {
  readonly name = 'Websub1785000000013';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE websub_message');
    await runner.query('DROP TABLE websub');
  }
}
