import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['source_state', 'frontier'];

/** How the host that a source or a page is asked at now was reached, while a redirect has it wait there. */
export class RedirectedWork1785000000014 implements MigrationInterface {
  readonly name = 'RedirectedWork1785000000014';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN redirects jsonb NOT NULL DEFAULT '[]'`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP COLUMN redirects`);
  }
}
