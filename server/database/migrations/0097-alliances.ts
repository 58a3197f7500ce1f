import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

export class Alliances1700000000097 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, integer, long, text } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'alliance',
        columns: [
          id('allianceId', { isPrimary: true }),
          text('name', 128),
          code('kind', 32),
          id('hubId'),
          code('fromDay', 10),
          code('toDay', 10, { isNullable: true }),
          long('members'),
          long('referrals'),
          integer('version'),
          instant('changedAt'),
        ],
        foreignKeys: [
          { columnNames: ['hubId'], referencedTableName: 'facility', referencedColumnNames: ['facilityId'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('alliance');
  }
}
