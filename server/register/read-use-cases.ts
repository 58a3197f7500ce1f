import type { Asked } from '../access/asked.ts';
import { patientActions, requirePatientAction } from '../access/patient.ts';
import { findPeople } from '../accounts/person.ts';
import { recordRead } from '../cases/read-use-cases.ts';
import { toSummaries } from '../cases/summary.ts';
import { Failure, type PatientIdentity, type PatientMergeView, type PatientPageView } from '../contract/index.ts';
import { openIdentifier } from '../patients/identifiers.ts';
import { maskMiddle, openGuardian } from '../patients/patient.ts';
import { maskPatients, toMasked } from './line.ts';
import type { RegisterParts } from './parts.ts';
import { getVisible, type VisiblePatient } from './visible-patient.ts';

/** The patient, masked, with the cases that the caller may see; leaves a row in the access log. */
export async function readPatient(parts: RegisterParts, asked: Asked, patientId: string): Promise<PatientPageView> {
  const { work } = parts;
  const visible = await getVisible(work.read, asked, patientId);
  const { basis, headId } = visible;
  await work.write((stores) =>
    recordRead(stores, asked, { basis, subjectKind: 'patient-entry', subjectId: headId, consultationId: null }),
  );
  return toPatientPage(parts, asked, visible);
}

async function toPatientPage(
  { work }: RegisterParts,
  { caller, at }: Asked,
  visible: VisiblePatient,
): Promise<PatientPageView> {
  const { standings } = visible;
  const [masked] = await maskPatients(work.read, [visible], at);
  if (!masked) throw new Failure('not-found', 'no such patient');
  const cases = standings.map(({ consultation }) => consultation);
  const [guardian] = await work.read.patients.listGuardians(visible.memberIds);
  return {
    ...masked,
    cases: await toSummaries(work.read, cases, caller, at),
    actions: patientActions(standings),
    merges: await listMergesOf(work.read, visible.memberIds),
    guardian: guardian
      ? { label: maskMiddle(guardian.name), relation: guardian.relation, maskedPhone: guardian.maskedPhone }
      : null,
  };
}

async function listMergesOf(stores: RegisterParts['work']['read'], memberIds: string[]): Promise<PatientMergeView[]> {
  const merges = await stores.patients.listMerges({ keptIds: memberIds });
  const people = await findPeople(
    stores,
    merges.map(({ mergedBy }) => mergedBy),
  );
  const entries = new Map((await stores.patients.findMany(memberIds)).map((one) => [one.patientId, one]));
  const identifiers = await stores.patients.listIdentifiers(memberIds);
  return merges.map(({ mergeId, mergedId, reason, mergedAt, mergedBy }) => ({
    mergeId,
    label: maskMiddle(entries.get(mergedId)?.name ?? ''),
    identifiers: toMasked(identifiers.filter((one) => one.patientId === mergedId)),
    reason,
    byName: people.get(mergedBy)?.name ?? '',
    at: mergedAt,
  }));
}

/** Name, birth date and numbers in full; each time leaves a row of its own. */
export async function readIdentity(
  { work, seal }: RegisterParts,
  asked: Asked,
  patientId: string,
): Promise<PatientIdentity> {
  const { patient, standings, basis, headId, memberIds } = await getVisible(work.read, asked, patientId);
  requirePatientAction('reveal', standings);
  await work.write((stores) =>
    recordRead(stores, asked, { basis, subjectKind: 'patient', subjectId: headId, consultationId: null }),
  );
  const identifiers = await work.read.patients.listIdentifiers(memberIds);
  const once = new Map(identifiers.map((one) => [`${one.kind}/${one.numberIndex}`, one]));
  const { name, birthDate } = patient;
  const [guardian] = await work.read.patients.listGuardians(memberIds);
  return {
    name,
    birthDate,
    identifiers: [...once.values()].map((one) => ({ kind: one.kind, number: openIdentifier(seal, one) })),
    guardian: guardian ? openGuardian(seal, guardian, guardian.patientId) : null,
  };
}
