import type { ConsultationDraft } from '../../server/contract/consultation.ts';
import { type PatientDraft, Phone, readIdNumber } from '../../server/contract/patient.ts';
import { parseBirthDate } from './birth-date.ts';
import { FIELD_PATHS, type FieldPath } from './draft.ts';

export type Problem =
  | 'missing'
  | 'choose'
  | 'id-number-length'
  | 'id-number-check'
  | 'phone-format'
  | 'birth-date-format'
  | 'birth-date-future'
  | 'birth-date-conflict'
  | 'sex-conflict'
  | 'diagnosis-missing'
  | 'specialty-not-offered'
  | 'consent-not-given'
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
      return isBlank(patient.name) ? 'missing' : undefined;
    case 'patient.idNumber':
      return idNumberProblem(patient.idNumber);
    case 'patient.sex':
      return sexProblem(patient);
    case 'patient.birthDate':
      return birthDateProblem(patient, today);
    case 'patient.phone':
      if (isBlank(patient.phone)) return 'missing';
      return Phone.safeParse(patient.phone).success ? undefined : 'phone-format';
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
    case 'serviceForm':
      return undefined;
    case 'consent':
      if (!consent?.given) return 'consent-not-given';
      return isBlank(consent.signerName) ? 'consent-name-missing' : undefined;
  }
}

function idNumberProblem(idNumber: string): Problem | undefined {
  if (idNumber === '') return 'missing';
  if (idNumber.length !== 18) return 'id-number-length';
  return readIdNumber(idNumber) ? undefined : 'id-number-check';
}

function sexProblem({ sex, idNumber }: PatientDraft): Problem | undefined {
  if (sex === null) return 'choose';
  const said = readIdNumber(idNumber)?.sex;
  return said && sex !== 'unknown' && said !== sex ? 'sex-conflict' : undefined;
}

function birthDateProblem({ birthDate, idNumber }: PatientDraft, today: string): Problem | undefined {
  if (isBlank(birthDate)) return 'missing';
  if (parseBirthDate(birthDate) !== birthDate) return 'birth-date-format';
  if (birthDate > today) return 'birth-date-future';
  const said = readIdNumber(idNumber)?.birthDate;
  return said && said !== birthDate ? 'birth-date-conflict' : undefined;
}
