import { type ConsultationDraft, cleaned, Failure, findPatientProblems, type PatientDraft } from '../contract/index.ts';
import type { Consultation } from './consultation.ts';

/** An application as it must be to be sent; `patient` opened. */
export type ApplicationText = Pick<
  ConsultationDraft,
  'patient' | 'question' | 'historySummary' | 'diagnosis' | 'invitedFacilityId' | 'wantedSpecialty' | 'urgency'
>;

/**
 * The paths of what is missing or wrong, in the order of the form. An ID number that says another birth date or sex than
 * the form does is the most frequent sign of a mixed-up patient, so both are named then.
 */
export function findGaps(application: ApplicationText, today: string): string[] {
  const gaps = findPatientProblems(application.patient, today).map(([field]) => `patient.${field}`);
  if (application.question.trim() === '') gaps.push('question');
  if (application.historySummary.trim() === '') gaps.push('historySummary');
  if (application.diagnosis.length === 0) gaps.push('diagnosis');
  if (application.invitedFacilityId === null) gaps.push('invitedFacilityId');
  if (application.wantedSpecialty.trim() === '') gaps.push('wantedSpecialty');
  if (application.urgency === null) gaps.push('urgency');
  return gaps;
}

/**
 * The patient of a complete application, trimmed.
 * @throws Failure invalid-message / draft-incomplete with `fields`; conflict / consent-missing.
 */
export function requireComplete(consultation: Consultation, patient: PatientDraft, today: string): PatientDraft {
  const fields = findGaps({ ...consultation, patient }, today);
  if (fields.length > 0)
    throw new Failure('invalid-message', 'the application is incomplete', { reason: 'draft-incomplete', fields });
  const { consent, urgency } = consultation;
  // Without anybody of the patient's side only an emergency may go on.
  const isApproved = consent?.signer !== 'institution' || urgency === 'emergency';
  if (!consent?.given || consent.signerName.trim() === '' || !isApproved)
    throw new Failure('conflict', 'the patient has not consented', { reason: 'consent-missing', fields: ['consent'] });
  return cleaned(patient);
}
