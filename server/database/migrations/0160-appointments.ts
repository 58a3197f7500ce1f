import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { tableColumns } from '../columns.ts';
import { type AddedColumn, addColumns, dropColumns } from './add-columns.ts';

const OF_ACCOUNT: AddedColumn[] = [
  { name: 'department', type: 'text', length: 64 },
  { name: 'fromDay', type: 'ascii', length: 10 },
  { name: 'toDay', type: 'ascii', length: 10 },
  { name: 'endedAt', type: 'ascii', length: 24 },
  { name: 'lastAppointmentId', type: 'ascii', length: 36 },
];
/** Tables that say in which appointment something was done or is told. */
const ACTED = ['session', 'notice'];
const ACTING: AddedColumn[] = [{ name: 'appointmentId', type: 'ascii', length: 36, default: "''" }];
const NOTICES = new TableIndex({ name: 'notice_of_appointment', columnNames: ['appointmentId', 'at', 'noticeId'] });

/**
 * People have appointments at several facilities. What an account said until now is its main one, which bears the account's id: whatever was
 * signed in or told belongs to that.
 */
export class Appointments1700000000160 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, integer, text } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'appointment',
        columns: [
          id('appointmentId', { isPrimary: true }),
          id('accountId'),
          id('facilityId'),
          text('department', 64, { isNullable: true }),
          code('role', 32),
          text('title', 64),
          text('specialty', 64, { isNullable: true }),
          code('fromDay', 10, { isNullable: true }),
          code('toDay', 10, { isNullable: true }),
          instant('endedAt', { isNullable: true }),
          integer('revision'),
        ],
        foreignKeys: [
          { columnNames: ['accountId'], referencedTableName: 'account', referencedColumnNames: ['accountId'] },
          { columnNames: ['facilityId'], referencedTableName: 'facility', referencedColumnNames: ['facilityId'] },
        ],
        indices: [
          { name: 'appointment_account', columnNames: ['accountId'] },
          { name: 'appointment_facility', columnNames: ['facilityId', 'role'] },
        ],
      }),
    );
    await addColumns(runner, 'account', OF_ACCOUNT);
    for (const table of ACTED) {
      await addColumns(runner, table, ACTING);
      await runner.query(`UPDATE ${table} SET appointmentId = accountId`);
    }
    await runner.createIndex('notice', NOTICES);
  }

  /** People keep their main appointment alone; who acts in another one has to sign in again. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM session WHERE appointmentId <> accountId');
    await runner.dropIndex('notice', NOTICES);
    for (const table of ACTED) await dropColumns(runner, table, ['appointmentId']);
    await dropColumns(
      runner,
      'account',
      OF_ACCOUNT.map(({ name }) => name),
    );
    await runner.dropTable('appointment');
  }
}
