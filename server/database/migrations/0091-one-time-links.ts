import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** By which a person chooses a password, and the first administrator founds the network. */
export class OneTimeLinks1700000000091 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'one_time_link',
        columns: [
          id('linkId', { isPrimary: true }),
          code('kind', 32),
          code('secretHash', 64, { isUnique: true }),
          id('accountId', { isNullable: true }),
          instant('createdAt'),
          instant('expiresAt'),
          instant('usedAt', { isNullable: true }),
        ],
        foreignKeys: [
          { columnNames: ['accountId'], referencedTableName: 'account', referencedColumnNames: ['accountId'] },
        ],
        indices: [{ name: 'one_time_link_account', columnNames: ['accountId'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('one_time_link');
  }
}
