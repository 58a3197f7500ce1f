import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

export class Imports1700000000120 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, integer, long, text } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'kept_import',
        columns: [
          id('importId', { isPrimary: true }),
          id('accountId'),
          code('kind', 16),
          text('fileName'),
          code('sha256', 64),
          long('columns'),
          long('ignoredColumns'),
          long('counts'),
          long('rows'),
          long('steps'),
          integer('doneSteps'),
          instant('createdAt'),
          instant('expiresAt'),
        ],
        foreignKeys: [
          { columnNames: ['accountId'], referencedTableName: 'account', referencedColumnNames: ['accountId'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('kept_import');
  }
}
