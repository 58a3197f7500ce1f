import type { ConsultationDraft } from '../../server/contract/consultation.ts';
import { findPatientProblems, type PatientProblem } from '../../server/contract/patient-problems.ts';
import { FIELD_PATHS, type FieldPath } from './draft.ts';

export type Problem =
  | PatientProblem
  | 'diagnosis-missing'
  | 'specialty-not-offered'
  | 'consent-not-given'
  | 'consent-emergency-only'
  | 'consent-name-missing';

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
}

const isBlank = (text: string) => text.trim() === '';

/** Everything that is missing or wrong, in the order of the form; the server checks the same (`draft-incomplete`). */
export function findGaps(draft: ConsultationDraft, facts: GapFacts): Gap[] {
  return FIELD_PATHS.flatMap((field) => {
    const problem = problemOf(field, draft, facts);
    return problem ? [{ field, problem }] : [];
  });
}

function problemOf(field: FieldPath, draft: ConsultationDraft, { today, specialties }: GapFacts): Problem | undefined {
  const { patient, consent, wantedSpecialty } = draft;
  switch (field) {
    case 'patient.name':
    case 'patient.idNumber':
    case 'patient.sex':
    case 'patient.birthDate':
    case 'patient.phone':
      return findPatientProblems(patient, today).find(([of]) => field === `patient.${of}`)?.[1];
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
      if (!consent?.given) return 'consent-not-given';
      if (consent.signer === 'institution' && draft.urgency !== 'emergency') return 'consent-emergency-only';
      return isBlank(consent.signerName) ? 'consent-name-missing' : undefined;
  }
}
