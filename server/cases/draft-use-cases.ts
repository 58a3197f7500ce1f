import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import { recordAct } from '../audit/record.ts';
import { type ConsultationDraftInput, type ConsultationView, Failure } from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';
import { openPatient, sealPatient } from '../patients/patient.ts';
import { registerPatient } from '../patients/registration.ts';
import { announce } from './announce.ts';
import { requireComplete } from './application.ts';
import { getCaseFor } from './case-access.ts';
import { caseNumber, caseSeries } from './case-number.ts';
import { drafted, edited, requireVersion, submitted } from './consultation.ts';
import { admitOnSubmit, grant } from './give-grants.ts';
import { findArrow, stepOf } from './kinds/case-kinds.ts';
import type { ConsultationParts } from './parts.ts';
import { saveNext } from './save.ts';
import { agreeTerms, nameParties } from './terms.ts';
import { toConsultationView } from './view.ts';

const EMPTY_PATIENT = { name: '', sex: null, birthDate: '', idNumber: '', phone: '' };

/** An empty draft that only its maker sees. */
export async function createConsultation(parts: ConsultationParts, asked: Asked): Promise<ConsultationView> {
  const { caller, at } = asked;
  requirePermission(caller, 'consultation:create');
  const consultationId = randomUUID();
  const consultation = await parts.work.write(async (stores) => {
    const facility = await stores.facilities.find(caller.facilityId);
    if (!facility) throw new Failure('not-found', 'no such facility');
    const sequence = await stores.consultations.nextCaseSequence(caseSeries(facility.region6, at));
    const draft = drafted({
      consultationId,
      caseNumber: caseNumber(facility.region6, at, sequence),
      requesterId: caller.accountId,
      requesterFacilityId: caller.facilityId,
      patient: sealPatient(parts.seal, EMPTY_PATIENT, consultationId),
      at,
    });
    await stores.consultations.insert(draft);
    await stores.consultations.insertGrants([grant(consultationId, caller, 'requester', at)]);
    await recordAct(stores.audit, asked, {
      action: 'consultation:create',
      subjectKind: 'consultation',
      subjectId: consultationId,
      consultationId,
      detail: { caseNumber: draft.caseNumber },
    });
    return draft;
  });
  await announce(parts, { consultationId });
  return toConsultationView(parts, parts.work.read, consultation, caller, at);
}

/** Keeps what has been typed so far. The invited facility is fixed once it has been asked. */
export async function saveConsultation(
  parts: ConsultationParts,
  asked: Asked,
  consultationId: string,
  input: ConsultationDraftInput,
): Promise<ConsultationView> {
  const { caller, at } = asked;
  const { version, patient, ...text } = input;
  const consultation = await parts.work.write(async (stores) => {
    const { consultation: stored } = await getCaseFor(stores, caller, consultationId, 'edit', { at, lock: true });
    requireVersion(stored, version);
    if (stored.submittedAt !== null && text.invitedFacilityId !== stored.invitedFacilityId)
      throw new Failure('invalid-message', 'the invited facility cannot change any more', {
        fields: ['invitedFacilityId'],
      });
    if (stored.kindChange && text.kind !== stored.kind)
      throw new Failure('invalid-message', 'the case is answered in writing', { fields: ['kind'] });
    const next = edited(stored, { ...text, patient: sealPatient(parts.seal, patient, consultationId) }, at);
    await saveNext(stores, next);
    await recordAct(stores.audit, asked, {
      action: stepOf(stored, 'edit').recorded,
      subjectKind: 'consultation',
      subjectId: consultationId,
      consultationId,
      detail: { version: next.version },
    });
    return next;
  });
  await announce(parts, { consultationId });
  return toConsultationView(parts, parts.work.read, consultation, caller, at);
}

/** Sends a complete application, or sends it again with what was asked for. */
export async function submitConsultation(
  parts: ConsultationParts,
  asked: Asked,
  consultationId: string,
  version: number,
): Promise<ConsultationView> {
  const { caller, at } = asked;
  const { consultation, told } = await parts.work.write(async (stores) => {
    const { consultation: stored } = await getCaseFor(stores, caller, consultationId, 'submit', { at, lock: true });
    requireVersion(stored, version);
    const typed = openPatient(parts.seal, stored.patient, consultationId);
    const today = chinaDate(at);
    const patient = requireComplete(stored, typed, today);
    await parts.consents.take(stores, asked, stored, { patient, urgency: stored.urgency, today });
    const terms = await agreeTerms(stores, stored, at);
    const parties = await nameParties(stores, stored);
    const patientId = await registerPatient(stores, parts.seal, patient, {
      consultationId,
      facilityId: caller.facilityId,
      at: at.toISOString(),
    });
    const sealed = sealPatient(parts.seal, patient, consultationId);
    const next = submitted(stored, { patientId, patient: sealed, terms, parties }, at);
    await saveNext(stores, next);
    await admitOnSubmit(stores, next, at);
    await recordAct(stores.audit, asked, {
      action: stepOf(stored, 'submit').recorded,
      subjectKind: 'consultation',
      subjectId: consultationId,
      consultationId,
      detail: {
        from: stored.state,
        to: next.state,
        invitedFacilityId: next.invitedFacilityId,
        agreementId: terms?.agreementId ?? null,
      },
    });
    return { consultation: next, told: findArrow(stored, 'submit')?.told };
  });
  await announce(parts, {
    consultationId,
    arrives: { except: caller.accountId },
    ...(told && { happened: { kind: told, by: caller.accountId } }),
  });
  return toConsultationView(parts, parts.work.read, consultation, caller, at);
}
