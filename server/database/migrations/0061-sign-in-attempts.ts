import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** Attempts are counted by account and source, no longer on the account, which any stranger could lock. */
export class SignInAttempts1700000000061 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, instant, integer } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'sign_in_attempt',
        columns: [
          code('attemptKey', 64, { isPrimary: true }),
          integer('attempts'),
          instant('attemptedAt'),
          instant('lockedUntil', { isNullable: true }),
        ],
        indices: [{ name: 'sign_in_attempt_at', columnNames: ['attemptedAt'] }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'known_origin',
        columns: [code('originKey', 64, { isPrimary: true }), instant('usedAt')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['known_origin', 'sign_in_attempt']) await runner.dropTable(table);
  }
}
