import type { Practitioner } from './practitioner.ts';

/** A person's photograph, small and without whatever else the file said. */
export interface PractitionerPhoto {
  accountId: string;
  sha256: string;
  /** JPEG, base64. */
  data: string;
}

export interface PractitionerStore {
  find(accountId: string): Promise<Practitioner | undefined>;
  findMany(accountIds: readonly string[]): Promise<Practitioner[]>;
  /** Writes the record where the stored one is one revision below (0: none yet). @returns whether it was. */
  put(practitioner: Practitioner): Promise<boolean>;
  /** With a number on file and a last day between these, both included. */
  listEnding(fromDay: string, toDay: string): Promise<Practitioner[]>;
  /** @returns whether this reminder, of the licence with that last day, was not given yet. */
  noteReminder(accountId: string, validTo: string, days: number, at: Date): Promise<boolean>;

  findPhoto(accountId: string): Promise<PractitionerPhoto | undefined>;
  /** Whose photographs there are, and which. */
  listPhotoHashes(accountIds: readonly string[]): Promise<Map<string, string>>;
  putPhoto(photo: PractitionerPhoto): Promise<void>;
  /** @returns whether there was one. */
  removePhoto(accountId: string): Promise<boolean>;
}
