import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

const KEPT = ['noticeId', 'accountId', 'consultationId', 'kind', 'byAccountId', 'at', 'readAt'].join(', ');

/** A notice may be about an agreement instead of a case, and come from nobody. */
export class NoticesOfAgreements1700000000098 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await remake(runner, true);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM notice WHERE consultationId IS NULL OR byAccountId IS NULL');
    await remake(runner, false);
  }
}

/** SQLite cannot let a column be null afterwards: the table, to which none refers, is made anew. */
async function remake(runner: QueryRunner, isNullable: boolean): Promise<void> {
  const { code, id, instant } = tableColumns(runner);
  // An index has its name in SQLite whatever its table is called.
  await runner.dropIndex('notice', 'notice_of_account');
  await runner.createTable(
    new Table({
      name: 'notice_anew',
      columns: [
        id('noticeId', { isPrimary: true }),
        id('accountId'),
        id('consultationId', { isNullable }),
        ...(isNullable ? [id('agreementId', { isNullable })] : []),
        code('kind', 32),
        id('byAccountId', { isNullable }),
        instant('at'),
        instant('readAt', { isNullable: true }),
      ],
      foreignKeys: [
        {
          // InnoDB keeps the name with the renamed table, and has each once.
          name: isNullable ? 'notice_about_case' : 'notice_of_case',
          columnNames: ['consultationId'],
          referencedTableName: 'consultation',
          referencedColumnNames: ['consultationId'],
        },
      ],
      indices: [{ name: 'notice_of_account', columnNames: ['accountId', 'at', 'noticeId'] }],
    }),
  );
  await runner.query(`INSERT INTO notice_anew (${KEPT}) SELECT ${KEPT} FROM notice`);
  await runner.dropTable('notice');
  await runner.query('ALTER TABLE notice_anew RENAME TO notice');
}
