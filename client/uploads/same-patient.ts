import { readIdNumber, type Sex } from '../../server/contract/patient.ts';
import { personNameGroups } from '../../server/imaging/person-name.ts';
import type { FilePatient } from './grouping.ts';

/** The case's patient as far as known; empty strings and null where not. */
export interface CasePatient {
  name: string;
  sex: Sex | null;
  /** `YYYY-MM-DD` */
  birthDate: string;
  idNumber: string;
}

/** `unknown`: one side does not say, or the two cannot be compared (a Chinese name with its romanisation). */
export type Comparison = 'same' | 'differs' | 'unknown';

export interface PatientComparison {
  /** `differs` where anything differs; `same` only where the names are the same and nothing differs. */
  verdict: Comparison;
  name: Comparison;
  birthDate: Comparison;
  sex: Comparison;
  idNumber: Comparison;
}

/** Whether images belong to the case's patient, as far as their header can tell. Another patient's images are the worst mistake. */
export function comparePatients(inFile: FilePatient, inCase: CasePatient): PatientComparison {
  const fields = {
    name: compareNames(inFile.name, inCase.name),
    birthDate: compareText(inFile.birthDate, inCase.birthDate.replaceAll('-', '')),
    sex: compareText(sexOfFile(inFile.sex), inCase.sex ?? 'unknown', 'unknown'),
    idNumber: compareIdNumbers(inFile.id, inCase.idNumber),
  };
  const all = Object.values(fields);
  const sureOfPerson = fields.name === 'same' || fields.idNumber === 'same';
  const verdict = all.includes('differs') ? 'differs' : sureOfPerson ? 'same' : 'unknown';
  return { verdict, ...fields };
}

function compareText(a: string, b: string, absent = ''): Comparison {
  if (a === absent || b === absent) return 'unknown';
  return a === b ? 'same' : 'differs';
}

/** (0010,0040) as the contract says it; `O` and anything else: unknown. */
export function sexOfFile(stored: string): Sex {
  return stored === 'M' ? 'male' : stored === 'F' ? 'female' : 'unknown';
}

/** Hospitals that use the ID-card number as Patient ID are the only ones whose IDs mean anything elsewhere. */
function compareIdNumbers(patientId: string, idNumber: string): Comparison {
  const stored = patientId.trim().toUpperCase();
  if (readIdNumber(stored) === undefined || readIdNumber(idNumber) === undefined) return 'unknown';
  return stored === idNumber ? 'same' : 'differs';
}

const HAN = /\p{Script=Han}/u;

/** A person name as it stands in a file (PS3.5 section 6.2.1) against the patient's as typed. */
export function compareNames(stored: string, typed: string): Comparison {
  const wanted = lettersOf(typed);
  const groups = Object.values(personNameGroups(stored))
    .map(lettersOf)
    .filter((group) => group !== '');
  if (wanted === '' || groups.length === 0) return 'unknown';
  if (groups.some((group) => group === wanted || reversed(group, stored, wanted))) return 'same';
  return groups.some((group) => HAN.test(group) === HAN.test(wanted)) ? 'differs' : 'unknown';
}

/** A name without the signs between its parts: `张^三`, `张 三` and `买买提·艾力` lose theirs. */
function lettersOf(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** Latin names are typed in either order. */
function reversed(group: string, stored: string, wanted: string): boolean {
  if (HAN.test(group)) return false;
  const parts = stored
    .split(/[=^\s]+/)
    .map(lettersOf)
    .filter((part) => part !== '');
  return [...parts].reverse().join('') === wanted;
}
