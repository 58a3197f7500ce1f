import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** Stills of an operation, which are shown in its demonstration. */
export class DemonstrationStills1700000000221 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { id, instant } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'demonstration_still',
        columns: [
          id('demonstrationId', { isPrimary: true }),
          id('materialId', { isPrimary: true }),
          id('takenBy'),
          instant('takenAt'),
        ],
        foreignKeys: [
          {
            columnNames: ['demonstrationId'],
            referencedTableName: 'demonstration',
            referencedColumnNames: ['demonstrationId'],
          },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('demonstration_still');
  }
}
