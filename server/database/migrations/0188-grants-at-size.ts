import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const ACTIVE = new TableIndex({ name: 'consultation_grant_active', columnNames: ['accountId', 'endedAt'] });

/** Cases that somebody sees now, found without going through all that they ever saw: a large hospital's coordinator saw 300,000. */
export class GrantsAtSize1700000000188 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('consultation_grant', ACTIVE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('consultation_grant', ACTIVE);
  }
}
