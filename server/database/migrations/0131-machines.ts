import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** Machines that search, read and fill a facility's image archive with a token of their own. */
export class Machines1700000000131 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, long, text } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'machine',
        columns: [
          id('machineId', { isPrimary: true }),
          id('facilityId'),
          text('name', 64),
          long('scopes'),
          code('secretHash', 64, { isUnique: true }),
          instant('madeAt'),
          id('madeBy'),
          instant('expiresAt'),
          instant('usedAt', { isNullable: true }),
          instant('revokedAt', { isNullable: true }),
          id('revokedBy', { isNullable: true }),
        ],
        foreignKeys: [
          { columnNames: ['facilityId'], referencedTableName: 'facility', referencedColumnNames: ['facilityId'] },
        ],
        indices: [{ name: 'machine_facility', columnNames: ['facilityId'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('machine');
  }
}
