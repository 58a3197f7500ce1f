import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** What stands beside the password: authenticator apps, recovery codes, and sign-ins between their two steps. */
export class SecondFactors1700000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, integer, text } = tableColumns(runner);
    const account = [
      { columnNames: ['accountId'], referencedTableName: 'account', referencedColumnNames: ['accountId'] },
    ];
    await runner.createTable(
      new Table({
        name: 'totp_factor',
        columns: [
          id('accountId', { isPrimary: true }),
          code('sealedSecret', 255),
          integer('lastStep'),
          instant('addedAt', { isNullable: true }),
        ],
        foreignKeys: account,
      }),
    );
    await runner.createTable(
      new Table({
        name: 'recovery_code',
        columns: [code('codeIndex', 64, { isPrimary: true }), id('accountId'), instant('usedAt', { isNullable: true })],
        foreignKeys: account,
        indices: [{ name: 'recovery_code_account', columnNames: ['accountId'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'pending_sign_in',
        columns: [
          id('pendingId', { isPrimary: true }),
          id('accountId'),
          code('secretHash', 64, { isUnique: true }),
          instant('expiresAt'),
        ],
        foreignKeys: account,
        indices: [{ name: 'pending_sign_in_account', columnNames: ['accountId'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'factor_reset',
        columns: [id('accountId', { isPrimary: true }), instant('resetAt'), text('reason', 1000)],
        foreignKeys: account,
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['factor_reset', 'pending_sign_in', 'recovery_code', 'totp_factor'])
      await runner.dropTable(table);
  }
}
