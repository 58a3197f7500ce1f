import { type PatientComparison, readIdNumber, type Sex } from '../../contract/patient.ts';
import type { Papers } from '../../contract/patient-papers.ts';
import { isUnidentified } from '../../contract/patient-problems.ts';
import { personNameGroups } from './person-name.ts';

/** Whom a file names, decoded. Empty where it says nothing. */
export interface FilePatient {
  /** (0010,0010) as stored: component groups parted by `=`, components by `^`. */
  name: string;
  id: string;
  /** `YYYYMMDD` or empty. */
  birthDate: string;
  /** As stored: `M`, `F`, `O` or empty. */
  sex: string;
}

/** The case's patient as far as known; empty strings and null where not. */
export interface CasePatient {
  name: string;
  sex: Sex | null;
  /** `YYYY-MM-DD` */
  birthDate: string;
  /** Of whichever document. */
  idNumber: string;
  papers?: Papers | undefined;
}

type Comparison = PatientComparison['verdict'];

/** A name in characters against one in letters. */
export type CompareRomanized = (characters: string, latin: string) => Comparison;

const notCompared: CompareRomanized = () => 'unknown';

/**
 * Whether images belong to the case's patient, as far as their header can tell. Another patient's images are the worst
 * mistake; browser and server ask this one policy, but only the server has the readings of all characters at hand.
 */
export function comparePatients(
  inFile: FilePatient,
  inCase: CasePatient,
  romanized: CompareRomanized = notCompared,
): PatientComparison {
  // Under which name a device had an unidentified person says nothing.
  const named = compareNames(inFile.name, inCase.name, romanized);
  const fields: Omit<PatientComparison, 'verdict'> = {
    name: named === 'differs' && isUnidentified(inCase) ? 'unknown' : named,
    birthDate: compareText(inFile.birthDate.trim(), inCase.birthDate.replaceAll('-', '')),
    sex: compareText(sexOfFile(inFile.sex), inCase.sex ?? 'unknown', 'unknown'),
    idNumber: compareIdNumbers(inFile.id, inCase.idNumber),
  };
  const all = Object.values(fields);
  const sureOfPerson = fields.name === 'same' || fields.idNumber === 'same';
  const verdict = all.includes('differs') ? 'differs' : sureOfPerson ? 'same' : 'unknown';
  return { verdict, ...fields };
}

/** Whether two files of one study name two people: of one study even the hospital's own IDs mean something. */
export function namesTwoPeople(one: FilePatient, other: FilePatient): boolean {
  return [
    compareFileNames(one.name, other.name),
    compareText(one.id.trim(), other.id.trim()),
    compareText(one.birthDate.trim(), other.birthDate.trim()),
    compareText(sexOfFile(one.sex), sexOfFile(other.sex), 'unknown'),
  ].includes('differs');
}

function compareText(a: string, b: string, absent = ''): Comparison {
  if (a === absent || b === absent) return 'unknown';
  return a === b ? 'same' : 'differs';
}

/** (0010,0040) as the contract says it; `O` and anything else: unknown. */
export function sexOfFile(stored: string): Sex {
  const code = stored.trim().toUpperCase();
  return code === 'M' ? 'male' : code === 'F' ? 'female' : 'unknown';
}

/** Hospitals that use the number of an ID card or another document as Patient ID are the only ones whose IDs mean anything elsewhere. */
function compareIdNumbers(patientId: string, idNumber: string): Comparison {
  const [stored, typed] = [patientId.trim().toUpperCase(), idNumber.trim().toUpperCase()];
  if (stored !== '' && stored === typed) return 'same';
  return readIdNumber(stored) === undefined || readIdNumber(typed) === undefined ? 'unknown' : 'differs';
}

const HAN = /\p{Script=Han}/u;

/** A person name as it stands in a file (PS3.5 section 6.2.1) against the patient's as typed. */
export function compareNames(stored: string, typed: string, romanized: CompareRomanized = notCompared): Comparison {
  const wanted = lettersOf(typed);
  const groups = groupsOf(stored);
  if (wanted === '' || groups.length === 0) return 'unknown';
  if (groups.some((group) => spellings(group).includes(wanted))) return 'same';
  if (groups.some((group) => HAN.test(group) === HAN.test(wanted))) return 'differs';
  const verdicts = groups.map((group) => (HAN.test(wanted) ? romanized(typed, group) : romanized(group, typed)));
  return verdicts.find((each) => each === 'same') ?? verdicts.find((each) => each === 'differs') ?? 'unknown';
}

/**
 * Two names as stored. Characters are compared with characters and letters with letters, whichever component group they
 * stand in; a differing group decides, since 芳 and 方 are both FANG.
 */
export function compareFileNames(one: string, other: string): Comparison {
  const [mine, theirs] = [groupsOf(one), groupsOf(other)];
  const byScript = [true, false].map((han) => {
    const [a, b] = [mine, theirs].map((groups) =>
      groups
        .filter((group) => HAN.test(group) === han)
        .flatMap((group) => (han ? [lettersOf(group)] : spellings(group))),
    );
    if (!a?.length || !b?.length) return 'unknown';
    return a.some((spelling) => b.includes(spelling)) ? 'same' : 'differs';
  });
  return byScript.find((each) => each === 'differs') ?? byScript.find((each) => each === 'same') ?? 'unknown';
}

/** The component groups that say something, without padding. */
function groupsOf(stored: string): string[] {
  return Object.values(personNameGroups(stored)).filter((group) => lettersOf(group) !== '');
}

/** Latin names are written in either order. */
function spellings(group: string): string[] {
  if (HAN.test(group)) return [lettersOf(group)];
  const parts = group
    .split(/[\^\s]+/)
    .map(lettersOf)
    .filter((part) => part !== '');
  return [parts.join(''), [...parts].reverse().join('')];
}

/** A name without the signs between its parts: `张^三`, `张 三` and `买买提·艾力` lose theirs. */
function lettersOf(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
