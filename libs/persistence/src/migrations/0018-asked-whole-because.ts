import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a source was asked for its whole document, for its health. */
export class AskedWholeBecause1785000000018 implements MigrationInterface {
  readonly name = 'AskedWholeBecause1785000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE source_state ADD COLUMN asked_whole_because text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE source_state DROP COLUMN asked_whole_because');
  }
}
