import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sortKeyOf } from '../../accounts/sort-key.ts';
import { eachRow } from './each-row.ts';

/** What an administrator sees of an account and changes in it, and what a person is shown of their own sessions. */
export class AccountAdministration1700000000090 implements MigrationInterface {
  // Written out: TypeORM would make SQLite's tables anew, to which others refer.
  async up(runner: QueryRunner): Promise<void> {
    const isMysql = runner.connection.options.type === 'mysql';
    const ascii = (length: number) =>
      isMysql ? `varchar(${length}) CHARACTER SET ascii COLLATE ascii_bin` : `varchar(${length})`;
    const columns: [table: string, column: string, type: string][] = [
      ['account', 'revision', `${isMysql ? 'bigint' : 'integer'} NOT NULL DEFAULT 1`],
      ['account', 'signedInAt', `${ascii(24)} NULL`],
      ['account', 'disabledAt', `${ascii(24)} NULL`],
      ['account', 'disabledReason', 'varchar(1000) NULL'],
      ['account', 'sortKey', `${ascii(255)} NOT NULL DEFAULT ''`],
      ['session', 'browser', 'varchar(48) NULL'],
      ['session', 'addressRange', `${ascii(64)} NULL`],
    ];
    for (const [table, column, type] of columns)
      await runner.query(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
    for await (const { accountId, name } of eachRow<{ accountId: string; name: string }>(
      runner,
      'account',
      ['accountId'],
      ['name'],
    ))
      await runner.query('UPDATE account SET sortKey = ? WHERE accountId = ?', [sortKeyOf(name), accountId]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const column of ['revision', 'signedInAt', 'disabledAt', 'disabledReason', 'sortKey'])
      await runner.query(`ALTER TABLE account DROP COLUMN ${column}`);
    for (const column of ['browser', 'addressRange']) await runner.query(`ALTER TABLE session DROP COLUMN ${column}`);
  }
}
