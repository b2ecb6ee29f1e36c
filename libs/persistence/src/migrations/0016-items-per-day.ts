import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many items a source had of late, for its health. */
export class ItemsPerDay1785000000016 implements MigrationInterface {
  readonly name = 'ItemsPerDay1785000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE source_state
      ADD COLUMN recent_items double precision NOT NULL DEFAULT 0,
      ADD COLUMN recent_items_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE source_state DROP COLUMN recent_items, DROP COLUMN recent_items_at',
    );
  }
}
