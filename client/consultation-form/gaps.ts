import { type ConsentProblem, findConsentProblem, lacksGuardian } from '../../server/contract/consent-problems.ts';
import type { ConsultationDraft } from '../../server/contract/consultation.ts';
import { findPatientProblems, type PatientProblem } from '../../server/contract/patient-problems.ts';
import { FIELD_PATHS, type FieldPath } from './draft.ts';

export type Problem =
  | PatientProblem
  | 'diagnosis-missing'
  | 'specialty-not-offered'
  | 'guardian-missing'
  | ConsentProblem;

/** One thing that stands between the draft and its submission. */
export interface Gap {
  field: FieldPath;
  problem: Problem;
}

export interface GapFacts {
  /** `YYYY-MM-DD` */
  today: string;
  /** What the chosen hospital answers for; undefined while that is not known. */
  specialties: readonly string[] | undefined;
  /** The consent to the consultation was recorded before. */
  isConsented?: boolean;
}

const isBlank = (text: string) => text.trim() === '';

/** Everything that is missing or wrong, in the order of the form; the server checks the same (`draft-incomplete`). */
export function findGaps(draft: ConsultationDraft, facts: GapFacts): Gap[] {
  return FIELD_PATHS.flatMap((field) => {
    const problem = problemOf(field, draft, facts);
    return problem ? [{ field, problem }] : [];
  });
}

function problemOf(field: FieldPath, draft: ConsultationDraft, facts: GapFacts): Problem | undefined {
  const { today, specialties, isConsented } = facts;
  const { patient, consent, wantedSpecialty, urgency } = draft;
  switch (field) {
    case 'patient.name':
    case 'patient.idNumber':
    case 'patient.sex':
    case 'patient.birthDate':
    case 'patient.phone':
      return findPatientProblems(patient, today).find(([of]) => field === `patient.${of}`)?.[1];
    case 'patient.guardian':
      if (lacksGuardian(consent, { patient, urgency, today })) return 'guardian-missing';
      return findPatientProblems(patient, today).find(([of]) => of === 'guardian')?.[1];
    case 'question':
    case 'historySummary':
      return isBlank(draft[field]) ? 'missing' : undefined;
    case 'diagnosis':
      return draft.diagnosis.length === 0 ? 'diagnosis-missing' : undefined;
    case 'invitedFacilityId':
    case 'urgency':
      return draft[field] === null ? 'choose' : undefined;
    case 'wantedSpecialty':
      if (isBlank(wantedSpecialty)) return 'choose';
      return specialties && !specialties.includes(wantedSpecialty) ? 'specialty-not-offered' : undefined;
    case 'kind':
      return undefined;
    case 'consent':
      return isConsented && !consent ? undefined : findConsentProblem(consent, { patient, urgency, today });
  }
}
