import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

export class Reports1700000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, integer, long } = tableColumns(runner);
    const toConsultation = {
      columnNames: ['consultationId'],
      referencedTableName: 'consultation',
      referencedColumnNames: ['consultationId'],
    };
    await runner.createTable(
      new Table({
        name: 'opinion',
        columns: [
          id('consultationId', { isPrimary: true }),
          integer('version'),
          long('opinion'),
          id('authorId'),
          instant('savedAt'),
        ],
        foreignKeys: [toConsultation],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'report',
        columns: [
          id('reportId', { isPrimary: true }),
          id('consultationId', { isUnique: true }),
          integer('version'),
          id('authorId'),
          instant('signedAt'),
          long('canonical'),
          long('signature'),
        ],
        foreignKeys: [toConsultation],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'report_acknowledgement',
        columns: [
          id('reportId', { isPrimary: true }),
          long('adoptions'),
          id('acknowledgedBy'),
          instant('acknowledgedAt'),
        ],
        foreignKeys: [
          { columnNames: ['reportId'], referencedTableName: 'report', referencedColumnNames: ['reportId'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'key_image',
        columns: [
          id('consultationId', { isPrimary: true }),
          code('sha256', 64, { isPrimary: true }),
          integer('sizeBytes'),
          id('addedBy'),
          instant('addedAt'),
        ],
        foreignKeys: [toConsultation],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['key_image', 'report_acknowledgement', 'report', 'opinion']) await runner.dropTable(table);
  }
}
