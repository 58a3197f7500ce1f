import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** Whether whoever watches is there: what was asked, and who answered. */
export class PresenceChecks1700000000204 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { id, instant, integer } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'demonstration_check',
        columns: [
          id('demonstrationId', { isPrimary: true }),
          integer('slot', { isPrimary: true }),
          id('checkId'),
          instant('dueAt'),
          instant('askedAt', { isNullable: true }),
        ],
        foreignKeys: [
          {
            columnNames: ['demonstrationId'],
            referencedTableName: 'demonstration',
            referencedColumnNames: ['demonstrationId'],
          },
        ],
        indices: [{ name: 'presence_check_by_id', columnNames: ['checkId'], isUnique: true }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'demonstration_check_answer',
        columns: [id('checkId', { isPrimary: true }), id('accountId', { isPrimary: true }), instant('answeredAt')],
        foreignKeys: [
          {
            columnNames: ['checkId'],
            referencedTableName: 'demonstration_check',
            referencedColumnNames: ['checkId'],
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('demonstration_check_answer');
    await runner.dropTable('demonstration_check');
  }
}
