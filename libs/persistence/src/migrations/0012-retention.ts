import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders to delete come from the retention too; see retention/. */
export class Retention1785000000012 implements MigrationInterface {
  readonly name = 'Retention1785000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE deletion ADD COLUMN reason text NOT NULL DEFAULT 'person'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM deletion WHERE reason = 'retention'`);
    await runner.query('ALTER TABLE deletion DROP COLUMN reason');
  }
}
