import type { QueryRunner } from 'typeorm';
import { type IdentifierKind, papersOf } from '../../contract/index.ts';
import { identifierContext, isDocument } from '../../patients/identifiers.ts';
import {
  documentKey,
  keyWithoutDocument,
  openPatient,
  registerKey,
  type SealedPatient,
} from '../../patients/patient.ts';
import { type Keys, opensUnder } from '../../patients/reseal.ts';
import type { FieldSeal } from '../../patients/seal.ts';
import { type EachBatch, marksFor, updateByKey } from './walk.ts';

const REGISTER = { table: 'patient', key: ['patientId'], columns: ['idNumberIndex'] };

/**
 * A patient of a register is one by the blind index of a document, or of the case of an unknown person. The index opens under no key: what
 * it stands for is found among the patient's numbers and cases, and proven by the index itself. Where nothing fits, as for the entry of an
 * unknown person whose case was given to a known one, it becomes an index of itself: no other patient is ever taken for this one.
 */
export async function resealRegisterKeys(runner: QueryRunner, keys: Keys, walk: EachBatch): Promise<void> {
  await walk(REGISTER, async (batch) => {
    const candidates = await findCandidates(
      runner,
      keys,
      batch.map((row) => row['patientId'] as string),
    );
    for (const row of batch) {
      const own = candidates.get(row['patientId'] as string) ?? [];
      const stored = row['idNumberIndex'];
      if (own.some((key) => keys.to.index(key) === stored)) continue;
      const found = own.find((key) => keys.from.index(key) === stored);
      await updateByKey(runner, REGISTER, row, { idNumberIndex: keys.to.index(found ?? `without-source/${stored}`) });
    }
  });
}

interface IdentifierRow {
  patientId: string;
  identifierId: string;
  kind: IdentifierKind;
  sealed: string;
}

interface CaseRow {
  patientId: string;
  consultationId: string;
  patient: string;
}

/** What each patient's index may stand for. */
async function findCandidates(
  runner: QueryRunner,
  keys: Keys,
  patientIds: readonly string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const add = (patientId: string, ...ofPatient: string[]) =>
    found.set(patientId, [...(found.get(patientId) ?? []), ...ofPatient]);
  const among = `patientId IN (${marksFor(patientIds)})`;
  const numbers: IdentifierRow[] = await runner.query(
    `SELECT patientId, identifierId, kind, sealed FROM patient_identifier WHERE ${among}`,
    [...patientIds],
  );
  for (const { patientId, identifierId, kind, sealed } of numbers) {
    if (!isDocument(kind)) continue;
    const context = identifierContext(identifierId);
    const number = keyOf(keys, sealed, context).open(sealed, context);
    add(patientId, documentKey(kind, number));
  }
  const cases: CaseRow[] = await runner.query(
    `SELECT patientId, consultationId, patient FROM consultation WHERE ${among}`,
    [...patientIds],
  );
  for (const { patientId, consultationId, patient } of cases) {
    add(patientId, keyWithoutDocument(consultationId));
    const sealedPatient = JSON.parse(patient) as SealedPatient;
    if (papersOf(sealedPatient).document !== 'none')
      add(patientId, registerKey(openUnderEither(sealedPatient, consultationId, keys), consultationId));
  }
  return found;
}

const keyOf = ({ from, to }: Keys, sealed: string, context: string): FieldSeal =>
  opensUnder(to, sealed, context) ? to : from;

/** A case is changed whole: all of it opens under one key. */
function openUnderEither(patient: SealedPatient, consultationId: string, { from, to }: Keys) {
  try {
    return openPatient(to, patient, consultationId);
  } catch {
    return openPatient(from, patient, consultationId);
  }
}
