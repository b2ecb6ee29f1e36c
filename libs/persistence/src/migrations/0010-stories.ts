import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE story_member (
  number integer GENERATED ALWAYS AS IDENTITY CONSTRAINT story_member_pkey PRIMARY KEY,
  article_id uuid NOT NULL CONSTRAINT story_member_article_id_key UNIQUE,
  story_id uuid NOT NULL,
  at timestamptz NOT NULL,
  terms integer[] NOT NULL
)`,
  'CREATE INDEX story_member_story_id ON story_member (story_id, at, article_id)',
  `CREATE TABLE story_term (
  term integer NOT NULL,
  hour integer NOT NULL,
  number integer NOT NULL,
  CONSTRAINT story_term_pkey PRIMARY KEY (term, hour, number)
)`,
  `CREATE TABLE story (
  id uuid CONSTRAINT story_pkey PRIMARY KEY,
  size integer NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL
)`,
  'CREATE INDEX story_last_at ON story (last_at, id)',
  'CREATE INDEX story_size ON story (size, id)',
  `CREATE TABLE story_alias (
  alias_id uuid CONSTRAINT story_alias_pkey PRIMARY KEY,
  story_id uuid NOT NULL
)`,
  'CREATE INDEX story_alias_story_id ON story_alias (story_id)',
  // One row: up to where the change log was looked through.
  `CREATE TABLE story_progress (
  id integer CONSTRAINT story_progress_pkey PRIMARY KEY,
  position bigint NOT NULL
)`,
  'INSERT INTO story_progress (id, position) VALUES (1, 0)',
];

const DOWN = [
  'DROP TABLE story_progress',
  'DROP TABLE story_alias',
  'DROP TABLE story',
  'DROP TABLE story_term',
  'DROP TABLE story_member',
];

export class Stories1785000000010 implements MigrationInterface {
  readonly name = 'Stories1785000000010';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
