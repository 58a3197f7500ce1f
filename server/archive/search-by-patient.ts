import type { Match } from './search.ts';
import type { NamedPatient } from './study.ts';

const FIELDS: Record<keyof NamedPatient, true> = {
  patientName: true,
  patientId: true,
  patientBirthDate: true,
  patientSex: true,
};

/** A match of what is sealed in the database: no statement there can answer it. */
export type PatientMatch = Match & { field: keyof NamedPatient };

export function isPatientMatch(match: Match): match is PatientMatch {
  return match.field in FIELDS;
}

/** Whether a patient is one that was asked for, PS3.4 section C.2.2.2. */
export function patientMatches(patient: NamedPatient, match: PatientMatch): boolean {
  const value = patient[match.field];
  switch (match.kind) {
    case 'any-of':
      return match.values.includes(value);
    case 'range':
      return value !== '' && value >= (match.from ?? '') && (match.to === undefined || value <= match.to);
    case 'wildcard':
      return match.isName
        ? groupsOf(foldName(value)).some((groups) => fits(groups, foldName(match.pattern)))
        : fits(value, match.pattern);
  }
}

/** Names are the same in either letter case, with and without accents, as PS3.4 section C.2.2.2.1 lets them be. */
function foldName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase();
}

/** A name's component groups, each alone and with those beside it. */
function groupsOf(name: string): string[] {
  const groups = name.split('=');
  return groups.flatMap((_, start) =>
    groups.slice(start).map((_, length) => groups.slice(start, start + length + 1).join('=')),
  );
}

/**
 * `*` any characters, `?` one. Goes back to the last `*` only, which is enough: whoever asks for a hundred of them costs
 * no more than the product of both lengths.
 */
function fits(text: string, pattern: string): boolean {
  const [letters, wanted] = [[...text], [...pattern]];
  let [at, asked] = [0, 0];
  let [star, resumeAt] = [-1, 0];
  while (at < letters.length) {
    if (wanted[asked] === '*') {
      star = asked;
      resumeAt = at;
      asked += 1;
    } else if (asked < wanted.length && (wanted[asked] === '?' || wanted[asked] === letters[at])) {
      at += 1;
      asked += 1;
    } else if (star >= 0) {
      resumeAt += 1;
      at = resumeAt;
      asked = star + 1;
    } else return false;
  }
  return wanted.slice(asked).every((letter) => letter === '*');
}
