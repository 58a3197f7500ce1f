import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import type {
  AccessBasis,
  ConsultationState,
  ConsultationSummary,
  ConsultationView,
  PatientView,
} from '../contract/index.ts';
import { openPatient } from '../patients/patient.ts';
import type { Stores } from '../store/stores.ts';
import { getCaseAccess, getCaseFor } from './case-access.ts';
import { findArrow } from './kinds/case-kinds.ts';
import type { ConsultationParts } from './parts.ts';
import { toSummaries } from './summary.ts';
import { toConsultationView } from './view.ts';

/** All of the caller's cases at once, for machine clients; names are masked. People read pages, see `work-list.ts`. */
export async function listConsultations(
  { work }: ConsultationParts,
  { caller, at }: Asked,
  state: ConsultationState | undefined,
): Promise<ConsultationSummary[]> {
  requirePermission(caller, 'consultation:list');
  const consultations = await work.read.consultations.listByAccount(caller.accountId, {
    at,
    state,
  });
  // A grant in the table is not enough: it must fit the person's role and facility of today.
  const summaries = await toSummaries(work.read, consultations, caller, at);
  return summaries.filter((summary) => summary.actions.length > 0);
}

/** The row that every read of patient data leaves. */
export async function recordRead(
  stores: Pick<Stores, 'audit'>,
  { caller, at }: Asked,
  read: { basis: AccessBasis; subjectKind: string; subjectId: string; consultationId: string | null },
): Promise<void> {
  await stores.audit.recordAccess({
    accessId: randomUUID(),
    at: at.toISOString(),
    actorId: caller.accountId,
    facilityId: caller.facilityId,
    ...read,
  });
}

export async function readConsultation(
  parts: ConsultationParts,
  asked: Asked,
  consultationId: string,
): Promise<ConsultationView> {
  const { caller, at } = asked;
  const { consultation, basis } = await getCaseAccess(parts.work.read, caller, consultationId, at);
  // What one is typing oneself is no disclosure, and each save of it is in the chain already; a row a keystroke would hide the others.
  const isOwnDraft = basis === 'requester' && findArrow(consultation, 'edit') !== undefined;
  if (!isOwnDraft)
    await parts.work.write((stores) =>
      recordRead(stores, asked, { basis, subjectKind: 'consultation', subjectId: consultationId, consultationId }),
    );
  return toConsultationView(parts, parts.work.read, consultation, caller, at);
}

/** The patient's ID number and phone in full; leaves a row of its own. */
export async function revealPatient(
  parts: ConsultationParts,
  asked: Asked,
  consultationId: string,
): Promise<PatientView> {
  const { consultation, basis } = await getCaseFor(parts.work.read, asked.caller, consultationId, 'reveal-patient', {
    at: asked.at,
  });
  await parts.work.write((stores) =>
    recordRead(stores, asked, {
      basis,
      subjectKind: 'patient',
      subjectId: consultation.patientId ?? consultationId,
      consultationId,
    }),
  );
  return { patientId: consultation.patientId, ...openPatient(parts.seal, consultation.patient, consultationId) };
}
