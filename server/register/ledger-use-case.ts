import type { Asked } from '../access/asked.ts';
import { requirePatientAction } from '../access/patient.ts';
import { findPeople } from '../accounts/person.ts';
import { recordRead } from '../cases/read-use-cases.ts';
import type { AccessEntryView } from '../contract/index.ts';
import type { RegisterParts } from './parts.ts';
import { getVisible } from './visible-patient.ts';

/** What is read of a patient apart from a case. */
const OF_A_PATIENT = ['patient', 'patient-entry', 'patient-ledger'] as const;

/**
 * Who looked at the patient or at any case of theirs, from the audit's own rows. The patient may ask for it (Personal Information
 * Protection Law of the PRC, article 45), so it is whole, whatever of it the caller could open. Reading it is a read too.
 */
export async function readLedger(
  { work }: RegisterParts,
  asked: Asked,
  patientId: string,
  page: { before?: number | undefined; limit: number },
): Promise<AccessEntryView[]> {
  const { standings, basis, headId, memberIds } = await getVisible(work.read, asked, patientId);
  requirePatientAction('read-ledger', standings);
  await work.write((stores) =>
    recordRead(stores, asked, { basis, subjectKind: 'patient-ledger', subjectId: headId, consultationId: null }),
  );
  const { audit, consultations } = work.read;
  const consultationIds = await consultations.listIdsOfPatients(memberIds);
  const of = { consultationIds, subjectKinds: OF_A_PATIENT, subjectIds: memberIds };
  const entries = await audit.listAccessesOf(of, page);
  const people = await findPeople(
    work.read,
    entries.map(({ actorId }) => actorId),
  );
  const cases = await consultations.findMany([...new Set(entries.flatMap((one) => one.consultationId ?? []))]);
  const caseNumbers = new Map(cases.map((one) => [one.consultationId, one.caseNumber]));
  return entries.map((entry) => ({
    ...entry,
    actorName: people.get(entry.actorId)?.name ?? '',
    facilityName: people.get(entry.actorId)?.facilityName ?? '',
    caseNumber: entry.consultationId === null ? null : (caseNumbers.get(entry.consultationId) ?? null),
  }));
}
