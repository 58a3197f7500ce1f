import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const OF_SUBJECT = new TableIndex({
  name: 'audit_entry_subject',
  columnNames: ['subjectKind', 'subjectId', 'sequence'],
});

/** What was done to one facility, agreement or alliance is read on its own page. */
export class HistoryOfObjects1700000000099 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex('audit_entry', OF_SUBJECT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('audit_entry', OF_SUBJECT);
  }
}
