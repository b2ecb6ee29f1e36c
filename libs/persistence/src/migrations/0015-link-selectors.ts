import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which links of a listing page are articles, as the owner of the source says. */
export class LinkSelectors1785000000015 implements MigrationInterface {
  readonly name = 'LinkSelectors1785000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE source ADD COLUMN selector text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE source DROP COLUMN selector');
  }
}
