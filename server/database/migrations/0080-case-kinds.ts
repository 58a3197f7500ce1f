import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A case has a kind; until now it was called the form of its service. */
const RENAMED = { serviceForm: 'kind', formChange: 'kindChange' };

export class CaseKinds1700000000080 implements MigrationInterface {
  // Written out: TypeORM would make SQLite's table anew, to which grants and materials refer.
  async up(runner: QueryRunner): Promise<void> {
    for (const [before, now] of Object.entries(RENAMED))
      await runner.query(`ALTER TABLE consultation RENAME COLUMN ${before} TO ${now}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [before, now] of Object.entries(RENAMED))
      await runner.query(`ALTER TABLE consultation RENAME COLUMN ${now} TO ${before}`);
  }
}
