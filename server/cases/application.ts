import {
  type ConsultationDraft,
  cleaned,
  Failure,
  findPatientProblems,
  lacksGuardian,
  type PatientDraft,
} from '../contract/index.ts';
import type { Consultation } from './consultation.ts';

/** An application as it must be to be sent; `patient` opened. */
export type ApplicationText = Pick<
  ConsultationDraft,
  | 'patient'
  | 'question'
  | 'historySummary'
  | 'diagnosis'
  | 'invitedFacilityId'
  | 'wantedSpecialty'
  | 'urgency'
  | 'consent'
>;

/**
 * The paths of what is missing or wrong, in the order of the form. An ID number that says another birth date or sex than
 * the form does is the most frequent sign of a mixed-up patient, so both are named then.
 */
export function findGaps(application: ApplicationText, today: string): string[] {
  const { patient, urgency, consent } = application;
  const gaps = findPatientProblems(patient, today).map(([field]) => `patient.${field}`);
  if (lacksGuardian(consent, { patient, urgency, today })) gaps.push('patient.guardian');
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
 * @throws Failure invalid-message / draft-incomplete with `fields`
 */
export function requireComplete(consultation: Consultation, patient: PatientDraft, today: string): PatientDraft {
  const fields = findGaps({ ...consultation, patient }, today);
  if (fields.length > 0)
    throw new Failure('invalid-message', 'the application is incomplete', { reason: 'draft-incomplete', fields });
  return cleaned(patient);
}
