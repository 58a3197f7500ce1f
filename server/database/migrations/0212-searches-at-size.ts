import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const SEARCHED = ['nameKey', 'pinyin', 'initials'];
const OF_NAMES = SEARCHED.map((column) => new TableIndex({ name: `patient_${column}`, columnNames: [column] }));
const OF_PATIENT = new TableIndex({ name: 'consultation_patient', columnNames: ['patientId', 'submittedAt'] });

/** Each holds all that a search asks of a row: patients and cases themselves, scattered over gigabytes, are not read. */
const WHOLE_OF_NAMES = SEARCHED.flatMap((column) => [
  new TableIndex({ name: `patient_by_${column}`, columnNames: [column, 'patientId'] }),
  new TableIndex({ name: `patient_own_${column}`, columnNames: ['facilityId', column, 'patientId'] }),
]);
const WHOLE_OF_PATIENT = new TableIndex({
  name: 'consultation_of_patient',
  columnNames: ['patientId', 'submittedAt', 'consultationId'],
});

/** Patients by the beginning of a name among two million: of one hospital, and of all. */
export class SearchesAtSize1700000000212 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // MySQL keeps some index for each foreign key: what takes the place of another one comes first.
    await runner.createIndex('consultation', WHOLE_OF_PATIENT);
    await runner.dropIndex('consultation', OF_PATIENT);
    for (const index of WHOLE_OF_NAMES) await runner.createIndex('patient', index);
    for (const index of OF_NAMES) await runner.dropIndex('patient', index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of OF_NAMES) await runner.createIndex('patient', index);
    for (const index of WHOLE_OF_NAMES) await runner.dropIndex('patient', index);
    await runner.createIndex('consultation', OF_PATIENT);
    await runner.dropIndex('consultation', WHOLE_OF_PATIENT);
  }
}
