import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** Under which key the database was filled, and, while that is changed, under which one it is going to be. */
export class FieldKey1700000000214 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, instant, integer } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'field_key',
        columns: [
          integer('rowId', { isPrimary: true }),
          code('keyId', 16),
          code('nextKeyId', 16, { isNullable: true }),
          instant('changedAt'),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const [row] = await runner.query('SELECT nextKeyId FROM field_key');
    // An earlier version would go on over values that two keys open.
    if (row && row.nextKeyId !== null) throw new Error('the field key is being changed: let that end first');
    await runner.dropTable('field_key');
  }
}
