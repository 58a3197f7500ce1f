import { randomUUID } from 'node:crypto';
import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';
import { numbersOf, sealIdentifier } from '../../patients/identifiers.ts';
import { nameKeysOf } from '../../patients/name-keys.ts';
import { openPatient, type SealedPatient } from '../../patients/patient.ts';
import type { FieldSeal } from '../../patients/seal.ts';
import { tableColumns } from '../columns.ts';
import { sealOf } from '../source-seal.ts';
import { type AddedColumn, addColumns, dropColumns } from './add-columns.ts';
import { eachRow } from './each-row.ts';

const COLUMNS: AddedColumn[] = [
  { name: 'name', type: 'text', length: 64, default: "''" },
  { name: 'nameKey', type: 'text', length: 64, default: "''" },
  { name: 'pinyin', type: 'ascii', length: 255, default: "''" },
  { name: 'initials', type: 'ascii', length: 64, default: "''" },
  { name: 'sex', type: 'ascii', length: 8 },
  { name: 'birthDate', type: 'ascii', length: 10, default: "''" },
  { name: 'estimatedAgeYears', type: 'integer' },
  { name: 'changedAt', type: 'ascii', length: 24, default: "''" },
];
const SEARCHED = ['nameKey', 'pinyin', 'initials'];
const KEY = 'consultation_patient_key';
const OF_PATIENT = new TableIndex({ name: 'consultation_patient', columnNames: ['patientId', 'submittedAt'] });

/** What a patient is found by: names, their sounds, and a blind index of each number. */
export class PatientRegister1700000000110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const { code, id, instant, text } = tableColumns(runner);
    await addColumns(runner, 'patient', COLUMNS);
    // Compared by code point: other collations take all characters beyond the basic plane for one.
    if (runner.connection.options.type === 'mysql')
      await runner.query(
        "ALTER TABLE patient MODIFY nameKey varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT ''",
      );
    await runner.createTable(
      new Table({
        name: 'patient_identifier',
        columns: [
          id('identifierId', { isPrimary: true }),
          id('patientId'),
          code('kind', 32),
          code('numberIndex'),
          code('sealed', 255),
          text('masked', 64),
          instant('addedAt'),
        ],
        uniques: [{ name: 'patient_identifier_once', columnNames: ['patientId', 'kind', 'numberIndex'] }],
        indices: [{ name: 'patient_identifier_number', columnNames: ['numberIndex', 'patientId'] }],
        foreignKeys: [
          { columnNames: ['patientId'], referencedTableName: 'patient', referencedColumnNames: ['patientId'] },
        ],
      }),
    );
    await fill(runner, sealOf(runner.connection));
    for (const column of SEARCHED)
      await runner.createIndex('patient', new TableIndex({ name: `patient_${column}`, columnNames: [column] }));
    await runner.createIndex('consultation', OF_PATIENT);
    if (await hasKey(runner)) await runner.query(`DROP INDEX ${KEY} ON consultation`);
  }

  async down(runner: QueryRunner): Promise<void> {
    // MySQL wants some index for the foreign key on patientId.
    if (runner.connection.options.type === 'mysql')
      await runner.query(`CREATE INDEX ${KEY} ON consultation (patientId)`);
    await runner.dropIndex('consultation', OF_PATIENT);
    for (const column of SEARCHED) await runner.dropIndex('patient', `patient_${column}`);
    await runner.dropTable('patient_identifier');
    await dropColumns(
      runner,
      'patient',
      COLUMNS.map(({ name }) => name),
    );
  }
}

/** Whether the index is there that going back had made. */
async function hasKey(runner: QueryRunner): Promise<boolean> {
  if (runner.connection.options.type !== 'mysql') return false;
  return (await runner.getTable('consultation'))?.indices.some(({ name }) => name === KEY) ?? false;
}

interface Case {
  consultationId: string;
  patientId: string | null;
  patient: string | SealedPatient;
  submittedAt: string | null;
}

/** The latest case describes the patient; every case's numbers lead to them. */
async function fill(runner: QueryRunner, seal: FieldSeal): Promise<void> {
  const isMysql = runner.connection.options.type === 'mysql';
  const insert = `INSERT ${isMysql ? 'IGNORE' : 'OR IGNORE'} INTO patient_identifier
    (identifierId, patientId, kind, numberIndex, sealed, masked, addedAt) VALUES (?, ?, ?, ?, ?, ?, ?)`;
  await runner.query('UPDATE patient SET changedAt = createdAt');
  const cases = eachRow<Case>(runner, 'consultation', ['consultationId'], ['patientId', 'patient', 'submittedAt']);
  for await (const { consultationId, patientId, patient: stored, submittedAt } of cases) {
    if (patientId === null || submittedAt === null) continue;
    const patient = openPatient(seal, typeof stored === 'string' ? JSON.parse(stored) : stored, consultationId);
    const { name, sex, birthDate, papers } = patient;
    const keys = nameKeysOf(name);
    await runner.query(
      `UPDATE patient SET name = ?, nameKey = ?, pinyin = ?, initials = ?, sex = ?, birthDate = ?, estimatedAgeYears = ?,
       changedAt = ? WHERE patientId = ? AND (changedAt <= ? OR name = '')`,
      [
        name,
        keys.nameKey,
        keys.pinyin,
        keys.initials,
        sex,
        birthDate,
        papers?.estimatedAgeYears ?? null,
        submittedAt,
        patientId,
        submittedAt,
      ],
    );
    for (const one of numbersOf(patient)) {
      const identifierId = randomUUID();
      const { kind, numberIndex, sealed, masked, addedAt } = sealIdentifier(seal, {
        ...one,
        identifierId,
        patientId,
        addedAt: submittedAt,
      });
      await runner.query(insert, [identifierId, patientId, kind, numberIndex, sealed, masked, addedAt]);
    }
  }
}
