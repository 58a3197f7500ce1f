import type { GrantBasis, IdentifierKind, Sex } from '../contract/index.ts';
import type { PatientIdentifier } from './identifiers.ts';
import type { PatientMerge } from './merge.ts';
import type { NameKeys } from './name-keys.ts';
import type { SealedGuardian } from './patient.ts';

/** A person in a facility's register, as the latest case describes them. Holds no number in the clear. */
export interface PatientEntry extends NameKeys {
  patientId: string;
  facilityId: string;
  /** Blind index of what makes two patients the same, see `registerKey`. */
  idNumberIndex: string;
  name: string;
  sex: Sex | null;
  /** `YYYY-MM-DD`; empty where nobody knows. */
  birthDate: string;
  estimatedAgeYears: number | null;
  createdAt: string;
  changedAt: string;
}

/** Who decides for a patient of the register, as the latest case names them. */
export interface PatientGuardian extends SealedGuardian {
  patientId: string;
  changedAt: string;
}

/** Whose cases are looked at, and on which grounds: what `access/may.ts` says of the person, for the database. */
export interface PatientReader {
  accountId: string;
  facilityId: string;
  at: Date;
  bases: GrantBasis[];
}

/** The beginnings of names that are looked for; of `pinyin` and `initials` only where letters were typed. */
export type NameBeginnings = Partial<NameKeys>;

export interface PatientStore {
  /**
   * Adds the entry, or brings the one that the facility knows by the same key up to date, with its numbers.
   * @returns the id under which the patient is known.
   */
  register(entry: PatientEntry, identifiers: (patientId: string) => PatientIdentifier[]): Promise<string>;
  /** Adds a number that the entry does not have yet. */
  addIdentifier(identifier: PatientIdentifier): Promise<void>;
  /** Who it is, now that it is known. */
  describe(
    patientId: string,
    known: NameKeys & Pick<PatientEntry, 'name' | 'sex' | 'birthDate' | 'changedAt'>,
  ): Promise<void>;
  find(patientId: string): Promise<PatientEntry | undefined>;
  findMany(patientIds: string[]): Promise<PatientEntry[]>;
  /** Of all these patients, the oldest first. */
  listIdentifiers(patientIds: string[]): Promise<PatientIdentifier[]>;
  /** In place of whoever was named before. */
  putGuardian(guardian: PatientGuardian): Promise<void>;
  /** Of all these patients, the one named last first. */
  listGuardians(patientIds: string[]): Promise<PatientGuardian[]>;
  /** Locks these entries, so that nobody else merges them until the transaction ends. */
  lock(patientIds: string[]): Promise<void>;
  /** Others of the same register with the same name, sex and birth date, or with one of these numbers; a few at most. */
  listAlike(
    patient: PatientEntry,
    numberIndices: string[],
    limit: number,
  ): Promise<{ patientId: string; sameNumber: boolean }[]>;
  insertMerge(merge: PatientMerge): Promise<void>;
  findMerge(mergeId: string): Promise<PatientMerge | undefined>;
  /** @returns whether it still stood. */
  undoMerge(mergeId: string, undone: { undoneAt: string; undoneBy: string }): Promise<boolean>;
  /** Merges that stand, of entries into others or into these entries, the oldest first. */
  listMerges(of: { mergedIds: string[] } | { keptIds: string[] }): Promise<PatientMerge[]>;
  /** Patients with one of these numbers, of whom the reader may see a case. */
  searchByNumber(
    reader: PatientReader,
    numberIndices: string[],
    limit: number,
  ): Promise<{ patientId: string; kind: IdentifierKind }[]>;
  /** Patients whose name begins so, of whom the reader may see a case; in the order of what was looked for. */
  searchByName(reader: PatientReader, beginnings: NameBeginnings, limit: number): Promise<string[]>;
}
