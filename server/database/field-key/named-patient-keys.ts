import type { QueryRunner } from 'typeorm';
import { type Keys, opensUnder } from '../../patients/reseal.ts';
import { NOBODY, namedPatientContext, openNamedPatient, sealNamedPatient } from '../named-patients.ts';
import type { SealedNamedPatient } from '../study/rows.ts';
import { type EachBatch, marksFor, updateByKey } from './walk.ts';

const NAMED = { table: 'named_patient', key: ['patientKey'], columns: ['facilityId', 'idIndex', 'sealed'] };
const HOLDERS = [
  { table: 'study', key: ['facilityId', 'studyInstanceUid'], columns: ['patientKey'] },
  { table: 'study_instance', key: ['facilityId', 'sopInstanceUid'], columns: ['patientKey'] },
];

/**
 * Patients whom DICOM objects name stand under a blind index, which studies and instances hold: the new rows come beside the former
 * ones, then all is led over, then the former ones go. So every key that is held has its row at any moment.
 */
export async function resealNamedPatients(runner: QueryRunner, keys: Keys, walk: EachBatch): Promise<void> {
  const insert = `INSERT ${runner.connection.options.type === 'mysql' ? 'IGNORE' : 'OR IGNORE'} INTO named_patient (patientKey, facilityId, idIndex, sealed) VALUES (?, ?, ?, ?)`;
  await walk(NAMED, async (batch) => {
    for (const row of batch as unknown as SealedNamedPatient[]) {
      const next = underNewKey(row, keys);
      if (next) await runner.query(insert, [next.patientKey, next.facilityId, next.idIndex, next.sealed]);
    }
  });
  for (const holder of HOLDERS)
    await walk(holder, async (batch) => {
      const held = [...new Set(batch.map((row) => row['patientKey']))].filter((key) => key !== NOBODY);
      if (held.length === 0) return;
      const named: SealedNamedPatient[] = await runner.query(
        `SELECT * FROM named_patient WHERE patientKey IN (${marksFor(held)})`,
        held,
      );
      const newKeys = new Map(named.map((row) => [row.patientKey as unknown, underNewKey(row, keys)?.patientKey]));
      for (const row of batch) {
        const patientKey = newKeys.get(row['patientKey']);
        if (patientKey !== undefined) await updateByKey(runner, holder, row, { patientKey });
      }
    });
  await walk(NAMED, async (batch) => {
    const former = (batch as unknown as SealedNamedPatient[])
      .filter((row) => !isUnderNewKey(row, keys))
      .map(({ patientKey }) => patientKey);
    if (former.length > 0)
      await runner.query(`DELETE FROM named_patient WHERE patientKey IN (${marksFor(former)})`, former);
  });
}

const isUnderNewKey = (row: SealedNamedPatient, { to }: Keys): boolean =>
  opensUnder(to, row.sealed, namedPatientContext(row.facilityId, row.patientKey));

/** @returns undefined where it is. */
function underNewKey(row: SealedNamedPatient, keys: Keys): SealedNamedPatient | undefined {
  if (isUnderNewKey(row, keys)) return undefined;
  return sealNamedPatient(keys.to, row.facilityId, openNamedPatient(keys.from, row));
}
