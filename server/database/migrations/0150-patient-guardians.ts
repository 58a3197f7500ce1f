import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** Who decides for a patient of the register, as the latest case names them. */
export class PatientGuardians1700000000150 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { id, instant, code, text } = tableColumns(runner);
    await runner.createTable(
      new Table({
        name: 'patient_guardian',
        columns: [
          id('patientId', { isPrimary: true }),
          text('name', 64),
          code('relation', 16, { isNullable: true }),
          text('sealedPhone'),
          code('maskedPhone', 20),
          instant('changedAt'),
        ],
        foreignKeys: [
          { columnNames: ['patientId'], referencedTableName: 'patient', referencedColumnNames: ['patientId'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('patient_guardian');
  }
}
