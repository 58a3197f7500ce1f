import type { Asked } from '../access/asked.ts';
import { requirePatientAction } from '../access/patient.ts';
import { recordRead } from '../cases/read-use-cases.ts';
import { listConsentViews } from '../consents/case-consents.ts';
import type { PatientConsentView } from '../contract/index.ts';
import type { RegisterParts } from './parts.ts';
import { getVisible } from './visible-patient.ts';

/**
 * To what the patient consented in every case of theirs, and what they took back: it goes with the ledger that the patient is given, and
 * is as whole as that.
 */
export async function readPatientConsents(
  { work }: RegisterParts,
  asked: Asked,
  patientId: string,
): Promise<PatientConsentView[]> {
  const { standings, basis, headId, memberIds } = await getVisible(work.read, asked, patientId);
  requirePatientAction('read-ledger', standings);
  await work.write((stores) =>
    recordRead(stores, asked, { basis, subjectKind: 'patient-ledger', subjectId: headId, consultationId: null }),
  );
  const { consultations } = work.read;
  const cases = await consultations.findMany(await consultations.listIdsOfPatients(memberIds));
  const found: PatientConsentView[] = [];
  for (const { consultationId, caseNumber } of cases)
    for (const consent of await listConsentViews(work.read, consultationId)) found.push({ caseNumber, consent });
  return found.sort((one, other) => other.consent.givenAt.localeCompare(one.consent.givenAt));
}
