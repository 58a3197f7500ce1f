import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** The keys under which browsers keep what a person has typed and not saved yet. */
export class DraftKeys1700000000065 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'draft_key',
        columns: [id('accountId', { isPrimary: true }), code('draftKey', 64)],
        foreignKeys: [
          { columnNames: ['accountId'], referencedTableName: 'account', referencedColumnNames: ['accountId'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('draft_key');
  }
}
