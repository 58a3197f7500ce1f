import type { Asked } from '../access/asked.ts';
import { patientActions, requirePatientAction } from '../access/patient.ts';
import { recordRead } from '../cases/read-use-cases.ts';
import { toSummaries } from '../cases/summary.ts';
import { Failure, type PatientIdentity, type PatientPageView } from '../contract/index.ts';
import { openIdentifier } from '../patients/identifiers.ts';
import { maskPatients } from './line.ts';
import type { RegisterParts } from './parts.ts';
import { getVisible } from './visible-patient.ts';

/** The patient, masked, with the cases that the caller may see; leaves a row in the access log. */
export async function readPatient({ work }: RegisterParts, asked: Asked, patientId: string): Promise<PatientPageView> {
  const { caller, at } = asked;
  const { patient, standings, basis } = await getVisible(work.read, asked, patientId);
  await work.write((stores) =>
    recordRead(stores, asked, { basis, subjectKind: 'patient-entry', subjectId: patientId, consultationId: null }),
  );
  const [masked] = await maskPatients(work.read, [patient], at);
  if (!masked) throw new Failure('not-found', 'no such patient');
  const cases = standings.map(({ consultation }) => consultation);
  return {
    ...masked,
    cases: await toSummaries(work.read, cases, caller, at),
    actions: patientActions(standings),
  };
}

/** Name, birth date and numbers in full; each time leaves a row of its own. */
export async function readIdentity(
  { work, seal }: RegisterParts,
  asked: Asked,
  patientId: string,
): Promise<PatientIdentity> {
  const { patient, standings, basis } = await getVisible(work.read, asked, patientId);
  requirePatientAction('reveal', standings);
  await work.write((stores) =>
    recordRead(stores, asked, { basis, subjectKind: 'patient', subjectId: patientId, consultationId: null }),
  );
  const identifiers = await work.read.patients.listIdentifiers([patientId]);
  const { name, birthDate } = patient;
  return {
    name,
    birthDate,
    identifiers: identifiers.map((one) => ({ kind: one.kind, number: openIdentifier(seal, one) })),
  };
}
