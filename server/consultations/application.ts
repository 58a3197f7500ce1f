import { type ConsultationDraft, Failure, Patient, type PatientDraft, readIdNumber } from '../contract/index.ts';
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
  const gaps = patientGaps(application.patient, today);
  if (application.question.trim() === '') gaps.push('question');
  if (application.historySummary.trim() === '') gaps.push('historySummary');
  if (application.diagnosis.length === 0) gaps.push('diagnosis');
  if (application.invitedFacilityId === null) gaps.push('invitedFacilityId');
  if (application.wantedSpecialty.trim() === '') gaps.push('wantedSpecialty');
  if (application.urgency === null) gaps.push('urgency');
  return gaps;
}

function patientGaps(draft: PatientDraft, today: string): string[] {
  const parsed = Patient.safeParse(draft);
  if (!parsed.success) return [...new Set(parsed.error.issues.map((issue) => `patient.${issue.path.join('.')}`))];
  const { birthDate, sex, idNumber } = parsed.data;
  const says = readIdNumber(idNumber);
  const gaps: string[] = [];
  if (birthDate > today || (says && says.birthDate !== birthDate)) gaps.push('patient.birthDate');
  if (says && sex !== 'unknown' && says.sex !== sex) gaps.push('patient.sex');
  return gaps;
}

/**
 * The patient of a complete application, trimmed.
 * @throws Failure invalid-message / draft-incomplete with `fields`; conflict / consent-missing.
 */
export function requireComplete(consultation: Consultation, patient: PatientDraft, today: string): Patient {
  const fields = findGaps({ ...consultation, patient }, today);
  if (fields.length > 0)
    throw new Failure('invalid-message', 'the application is incomplete', { reason: 'draft-incomplete', fields });
  const { consent } = consultation;
  if (!consent?.given || consent.signerName.trim() === '')
    throw new Failure('conflict', 'the patient has not consented', { reason: 'consent-missing', fields: ['consent'] });
  return Patient.parse(patient);
}
