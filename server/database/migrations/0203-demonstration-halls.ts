import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

const OF_DEMONSTRATION = {
  columnNames: ['demonstrationId'],
  referencedTableName: 'demonstration',
  referencedColumnNames: ['demonstrationId'],
};

/** What a demonstration has on air, what is cut, and who has the word. */
export class DemonstrationHalls1700000000203 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { id, instant, long } = tableColumns(runner);
    const demonstrationId = id('demonstrationId', { isPrimary: true });
    await runner.createTable(
      new Table({
        name: 'demonstration_hall',
        columns: [demonstrationId, long('program'), long('cut')],
        foreignKeys: [OF_DEMONSTRATION],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'demonstration_voice',
        columns: [
          demonstrationId,
          id('accountId', { isPrimary: true }),
          id('facilityId'),
          long('sources'),
          id('givenBy'),
          instant('givenAt'),
        ],
        foreignKeys: [OF_DEMONSTRATION],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('demonstration_voice');
    await runner.dropTable('demonstration_hall');
  }
}
