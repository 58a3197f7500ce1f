import { type PatientDraft, readIdNumber } from '../../server/contract/patient.ts';

/** As it is stored: without spaces, full-width digits made plain, `x` made `X`. At most 18 characters. */
export function cleanIdNumber(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase().slice(0, 18);
}

/**
 * The patient with another ID number. Birth date and sex follow it where they are empty or came from the number before;
 * what a person has typed is never overwritten: the contradiction is shown instead.
 */
export function withIdNumber(patient: PatientDraft, typed: string): PatientDraft {
  const idNumber = cleanIdNumber(typed);
  const before = readIdNumber(patient.idNumber);
  const now = readIdNumber(idNumber);
  if (!now) return { ...patient, idNumber };
  const followsBirthDate = patient.birthDate === '' || patient.birthDate === before?.birthDate;
  const followsSex = patient.sex === null || patient.sex === before?.sex;
  return {
    ...patient,
    idNumber,
    birthDate: followsBirthDate ? now.birthDate : patient.birthDate,
    sex: followsSex ? now.sex : patient.sex,
  };
}
