import { type PatientDraft, Phone, readIdNumber } from './patient.ts';
import { cleanDocumentNumber, hasDocumentFormat, type Papers, USUAL_PAPERS } from './patient-papers.ts';
import { CalendarDate } from './primitives.ts';

export type PatientField = 'name' | 'sex' | 'birthDate' | 'idNumber' | 'phone' | 'guardian';

export type PatientProblem =
  | 'missing'
  | 'choose'
  | 'id-number-length'
  | 'id-number-check'
  | 'document-format'
  | 'absence-missing'
  | 'absence-note-missing'
  | 'phone-format'
  | 'birth-date-format'
  | 'birth-date-future'
  | 'birth-date-conflict'
  | 'sex-conflict'
  | 'guardian-name-missing'
  | 'guardian-relation-missing';

export function papersOf({ papers }: { papers?: Papers | undefined }): Papers {
  return papers ?? USUAL_PAPERS;
}

/** Nobody knows who it is: name, birth date and telephone are what can be had. */
export function isUnidentified(patient: { papers?: Papers | undefined }): boolean {
  const { document, absence } = papersOf(patient);
  return document === 'none' && absence === 'unidentified';
}

/** What the document's number says; undefined where it is of a kind that says nothing, or wrong. */
export function readDocument(patient: PatientDraft): ReturnType<typeof readIdNumber> {
  const { document } = papersOf(patient);
  return document === 'id-card' || document === 'foreign-residence-card' ? readIdNumber(patient.idNumber) : undefined;
}

/**
 * What stands between a patient as typed and a complete application. Form and server ask this one list. A number that says
 * another birth date or sex than the form is the most frequent sign of a mixed-up patient, so both are named then.
 * @param today `YYYY-MM-DD`
 */
export function findPatientProblems(patient: PatientDraft, today: string): [PatientField, PatientProblem][] {
  const problems: [PatientField, PatientProblem | undefined][] = [
    ['name', patient.name.trim() === '' ? 'missing' : undefined],
    ['sex', sexProblem(patient)],
    ['birthDate', birthDateProblem(patient, today)],
    ['idNumber', documentProblem(patient)],
    ['phone', phoneProblem(patient)],
    ['guardian', guardianProblem(patient)],
  ];
  return problems.filter((each): each is [PatientField, PatientProblem] => each[1] !== undefined);
}

function documentProblem(patient: PatientDraft): PatientProblem | undefined {
  const { document, absence, note } = papersOf(patient);
  if (document === 'none') {
    if (absence === null) return 'absence-missing';
    return absence === 'other' && note.trim() === '' ? 'absence-note-missing' : undefined;
  }
  const number = cleanDocumentNumber(patient.idNumber);
  if (number === '') return 'missing';
  if (document === 'id-card' && number.length !== 18) return 'id-number-length';
  if (hasDocumentFormat(document, number, readIdNumber(number) !== undefined)) return undefined;
  return document === 'id-card' ? 'id-number-check' : 'document-format';
}

function sexProblem(patient: PatientDraft): PatientProblem | undefined {
  const { sex } = patient;
  if (sex === null) return 'choose';
  const said = readDocument(cleaned(patient))?.sex;
  return said && sex !== 'unknown' && said !== sex ? 'sex-conflict' : undefined;
}

function birthDateProblem(patient: PatientDraft, today: string): PatientProblem | undefined {
  const birthDate = patient.birthDate.trim();
  if (birthDate === '') return isUnidentified(patient) ? undefined : 'missing';
  if (!CalendarDate.safeParse(birthDate).success) return 'birth-date-format';
  if (birthDate > today) return 'birth-date-future';
  const said = readDocument(cleaned(patient))?.birthDate;
  return said && said !== birthDate ? 'birth-date-conflict' : undefined;
}

function phoneProblem({ phone, papers }: PatientDraft): PatientProblem | undefined {
  if (phone.trim() === '') return papers?.phoneAbsent ? undefined : 'missing';
  return Phone.safeParse(phone).success ? undefined : 'phone-format';
}

function guardianProblem({ guardian }: PatientDraft): PatientProblem | undefined {
  if (!guardian) return undefined;
  if (guardian.name.trim() === '') return 'guardian-name-missing';
  if (guardian.relation === null) return 'guardian-relation-missing';
  return guardian.phone.trim() === '' || Phone.safeParse(guardian.phone).success ? undefined : 'phone-format';
}

/** As a complete application holds it: trimmed, the number as it is compared, nothing kept of what does not apply. */
export function cleaned(patient: PatientDraft): PatientDraft {
  const { papers, guardian } = patient;
  const isNone = papers?.document === 'none';
  return {
    ...patient,
    name: patient.name.trim(),
    birthDate: patient.birthDate.trim(),
    idNumber: isNone ? '' : cleanDocumentNumber(patient.idNumber),
    phone: patient.phone.trim(),
    ...(guardian && { guardian: { ...guardian, name: guardian.name.trim(), phone: guardian.phone.trim() } }),
    ...(papers && {
      papers: {
        ...papers,
        absence: isNone ? papers.absence : null,
        estimatedAgeYears: isUnidentified(patient) && patient.birthDate.trim() === '' ? papers.estimatedAgeYears : null,
      },
    }),
  };
}
