import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { tableColumns } from '../columns.ts';

/** Which entries of a register are one person, as somebody said. */
export class PatientMerges1700000000112 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { id, instant, long } = tableColumns(runner);
    const toPatient = (column: string) => ({
      columnNames: [column],
      referencedTableName: 'patient',
      referencedColumnNames: ['patientId'],
    });
    await runner.createTable(
      new Table({
        name: 'patient_merge',
        columns: [
          id('mergeId', { isPrimary: true }),
          id('keptId'),
          id('mergedId'),
          id('activeMergedId', { isNullable: true, isUnique: true }),
          long('reason'),
          instant('mergedAt'),
          id('mergedBy'),
          instant('undoneAt', { isNullable: true }),
          id('undoneBy', { isNullable: true }),
        ],
        foreignKeys: [toPatient('keptId'), toPatient('mergedId')],
        indices: [{ name: 'patient_merge_kept', columnNames: ['keptId'] }],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('patient_merge');
  }
}
