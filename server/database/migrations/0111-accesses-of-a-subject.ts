import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const OF_SUBJECT = new TableIndex({ name: 'access_entry_subject', columnNames: ['subjectId', 'position'] });

/** Who looked at one patient, found without going through all reads. */
export class AccessesOfASubject1700000000111 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('access_entry', OF_SUBJECT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('access_entry', OF_SUBJECT);
  }
}
