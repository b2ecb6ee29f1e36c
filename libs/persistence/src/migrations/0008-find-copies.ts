import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Leads from an article to those of the same title and text; a hash index is the cheapest to write. */
export class FindCopies1785000000008 implements MigrationInterface {
  readonly name = 'FindCopies1785000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX article_content_hash ON article USING hash (content_hash) WHERE duplicate_of IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX article_content_hash');
  }
}
