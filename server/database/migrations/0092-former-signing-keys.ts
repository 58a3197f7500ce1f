import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** Public halves of keys whose password is gone: what they signed can still be checked. */
export class FormerSigningKeys1700000000092 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'former_signing_key',
        columns: [
          id('keyId', { isPrimary: true }),
          id('accountId'),
          code('algorithm', 16),
          code('publicKey', 255),
          instant('createdAt'),
          instant('retiredAt'),
        ],
        foreignKeys: [
          { columnNames: ['accountId'], referencedTableName: 'account', referencedColumnNames: ['accountId'] },
        ],
        indices: [{ name: 'former_signing_key_account', columnNames: ['accountId'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('former_signing_key');
  }
}
