import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** What happened to a case, kept for each person it concerns. */
export class Notices1700000000067 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'notice',
        columns: [
          id('noticeId', { isPrimary: true }),
          id('accountId'),
          id('consultationId'),
          code('kind', 32),
          id('byAccountId'),
          instant('at'),
          instant('readAt', { isNullable: true }),
        ],
        foreignKeys: [
          {
            columnNames: ['consultationId'],
            referencedTableName: 'consultation',
            referencedColumnNames: ['consultationId'],
          },
        ],
        indices: [{ name: 'notice_of_account', columnNames: ['accountId', 'at', 'noticeId'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('notice');
  }
}
