import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** Who was in a demonstration: one row for each window. */
export class DemonstrationPresence1700000000202 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, flag, id, instant } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'demonstration_presence',
        columns: [
          id('presenceId', { isPrimary: true }),
          id('demonstrationId'),
          id('accountId'),
          id('facilityId'),
          code('windowId', 32),
          instant('fromAt'),
          instant('lastSeenAt'),
          instant('toAt', { isNullable: true }),
          flag('hasLeft'),
        ],
        foreignKeys: [
          {
            columnNames: ['demonstrationId'],
            referencedTableName: 'demonstration',
            referencedColumnNames: ['demonstrationId'],
          },
        ],
        indices: [
          { name: 'presence_of_demonstration', columnNames: ['demonstrationId', 'toAt'] },
          { name: 'presence_of_window', columnNames: ['windowId'] },
          { name: 'presence_open', columnNames: ['toAt', 'lastSeenAt'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('demonstration_presence');
  }
}
