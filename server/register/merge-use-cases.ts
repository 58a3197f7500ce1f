import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { patientActions, requirePatientAction } from '../access/patient.ts';
import { recordAct } from '../audit/record.ts';
import { type DuplicateView, Failure, type MergeInput, type PatientPageView } from '../contract/index.ts';
import type { PatientIdentifier } from '../patients/identifiers.ts';
import { contradictionsOf } from '../patients/merge.ts';
import type { Stores } from '../store/stores.ts';
import { maskPatients } from './line.ts';
import type { RegisterParts } from './parts.ts';
import { readPatient } from './read-use-cases.ts';
import { getVisible, listVisible, type VisiblePatient } from './visible-patient.ts';

const MAX_DUPLICATES = 20;

/** Entries of the same register with a number in common, or alike in name, sex and birth date; of those that the caller may join. */
export async function listDuplicates(
  { work }: RegisterParts,
  asked: Asked,
  patientId: string,
): Promise<DuplicateView[]> {
  const { read } = work;
  const own = await getVisible(read, asked, patientId);
  requirePatientAction('merge', own.standings);
  const numbers = await read.patients.listIdentifiers(own.memberIds);
  const alike = await read.patients.listAlike(
    own.patient,
    numbers.map((one) => one.numberIndex),
    MAX_DUPLICATES,
  );
  const found = await listVisible(
    read,
    asked,
    alike.map((one) => one.patientId),
  );
  const others = found.filter((one) => one.headId !== own.headId && patientActions(one.standings).includes('merge'));
  const masked = await maskPatients(read, others, asked.at);
  const itsNumbers = await read.patients.listIdentifiers(others.flatMap((one) => one.memberIds));
  return others.map((other, index): DuplicateView => {
    const line = masked[index];
    if (!line) throw new Error('each patient has a line');
    const { nameKey, sex, birthDate } = own.patient;
    const latest = other.standings[0]?.consultation;
    const theirs = itsNumbers.filter((one) => other.memberIds.includes(one.patientId));
    return {
      ...line,
      caseCount: other.standings.length,
      latestCaseAt: latest?.submittedAt ?? latest?.createdAt ?? asked.at.toISOString(),
      sameNumber: theirs.some((one) => numbers.some((mine) => mine.numberIndex === one.numberIndex)),
      samePerson:
        other.patient.nameKey === nameKey && other.patient.sex === sex && other.patient.birthDate === birthDate,
      contradictions: contradictionsOf(describe(own, numbers), describe(other, theirs)),
    };
  });
}

const describe = ({ patient }: VisiblePatient, identifiers: PatientIdentifier[]) => ({ patient, identifiers });

/**
 * Joins another entry to this one. Cases keep the patient that they were sent and signed with.
 * @throws Failure conflict / patients-contradict with `fields`, where nobody has confirmed that; conflict / patient-merged where one of them
 * is part of another entry already; invalid-message for entries of two registers.
 */
export async function mergePatients(
  parts: RegisterParts,
  asked: Asked,
  keptId: string,
  { mergedId, reason, confirmed }: MergeInput,
): Promise<PatientPageView> {
  const { caller, at } = asked;
  await parts.work.write(async (stores) => {
    await stores.patients.lock([keptId, mergedId]);
    const [kept, merged] = [await getMergeable(stores, asked, keptId), await getMergeable(stores, asked, mergedId)];
    if (keptId === mergedId || kept.patient.facilityId !== merged.patient.facilityId)
      throw new Failure('invalid-message', 'not two entries of one register', { fields: ['mergedId'] });
    const contradictions = contradictionsOf(
      describe(kept, await stores.patients.listIdentifiers(kept.memberIds)),
      describe(merged, await stores.patients.listIdentifiers(merged.memberIds)),
    );
    if (contradictions.length > 0 && !confirmed)
      throw new Failure('conflict', 'the entries contradict each other', {
        reason: 'patients-contradict',
        fields: contradictions,
      });
    const mergeId = randomUUID();
    await stores.patients.insertMerge({
      ...{ mergeId, keptId, mergedId, activeMergedId: mergedId, reason },
      ...{ mergedAt: at.toISOString(), mergedBy: caller.accountId, undoneAt: null, undoneBy: null },
    });
    await recordAct(stores.audit, asked, {
      action: 'patient:merge',
      subjectKind: 'patient-entry',
      subjectId: keptId,
      detail: { mergeId, mergedId, contradictions },
    });
  });
  return readPatient(parts, asked, keptId);
}

/** @throws Failure as {@link requirePatientAction}; conflict / patient-merged where the entry is part of another one. */
async function getMergeable(
  stores: Pick<Stores, 'consultations' | 'patients'>,
  asked: Asked,
  patientId: string,
): Promise<VisiblePatient> {
  const visible = await getVisible(stores, asked, patientId);
  requirePatientAction('merge', visible.standings);
  if (visible.headId !== patientId)
    throw new Failure('conflict', 'the entry is part of another one', { reason: 'patient-merged' });
  return visible;
}

/** Parts what was joined: both are what they were, with all that came to either of them since. @throws Failure not-found */
export async function undoMerge(
  parts: RegisterParts,
  asked: Asked,
  patientId: string,
  mergeId: string,
): Promise<PatientPageView> {
  const { caller, at } = asked;
  await parts.work.write(async (stores) => {
    const { standings, memberIds } = await getVisible(stores, asked, patientId);
    requirePatientAction('merge', standings);
    const merge = await stores.patients.findMerge(mergeId);
    if (!merge || !memberIds.includes(merge.keptId)) throw new Failure('not-found', 'no such merge');
    await stores.patients.lock([merge.keptId, merge.mergedId]);
    const undone = { undoneAt: at.toISOString(), undoneBy: caller.accountId };
    if (!(await stores.patients.undoMerge(mergeId, undone)))
      throw new Failure('conflict', 'it was undone meanwhile', { reason: 'state-not-allowed' });
    const { keptId, mergedId } = merge;
    await recordAct(stores.audit, asked, {
      action: 'patient:undo-merge',
      subjectKind: 'patient-entry',
      subjectId: keptId,
      detail: { mergeId, mergedId },
    });
  });
  return readPatient(parts, asked, patientId);
}
