import type {
  AppointmentEditInput,
  FacilityDraft,
  ImportRow,
  ImportView,
  NewAppointmentInput,
  NewPersonInput,
  PersonEditInput,
  PractitionerInput,
} from '../contract/index.ts';

/** One thing that an import does, by the use cases of the pages. `line`: the first row of the file that asks for it. */
export type ImportStep = { line: number } & (
  | { act: 'add-facility'; facilityId: string; parentId: string | null; draft: FacilityDraft }
  | {
      act: 'change-facility';
      facilityId: string;
      version: number;
      draft: FacilityDraft | null;
      /** Where it is moved to; undefined: it stays. */
      parentId?: string | null | undefined;
    }
  | { act: 'add-person'; accountId: string; person: NewPersonInput }
  /** Somebody whom the same file added before it was broken off: what opens the account was never shown. */
  | { act: 'invite-again'; accountId: string }
  | { act: 'change-person'; accountId: string; person: PersonEditInput }
  | { act: 'add-appointment'; appointment: NewAppointmentInput }
  | { act: 'change-appointment'; appointmentId: string; appointment: AppointmentEditInput }
  | { act: 'save-practitioner'; accountId: string; practitioner: PractitionerInput }
);

/** What was shown of a file but for its rows, kept for a short time for whoever it was shown to. */
export interface KeptImport extends Omit<ImportView, 'rows' | 'steps' | 'invitedAgain'> {
  /** Whose it is. */
  accountId: string;
  /** Of the file. */
  sha256: string;
  createdAt: string;
  steps: ImportStep[];
  /** How many of the steps are done. */
  doneSteps: number;
}

export interface ImportStore {
  insert(kept: KeptImport & { rows: ImportRow[] }): Promise<void>;
  find(importId: string): Promise<KeptImport | undefined>;
  /** What the account was shown last. */
  findOf(accountId: string): Promise<KeptImport | undefined>;
  findRows(importId: string): Promise<ImportRow[]>;
  /** @returns whether so many were done before: of two at once one goes on. */
  advance(importId: string, from: number, to: number): Promise<boolean>;
  /** Those of an account, and all that have expired. */
  forget(accountId: string, at: string): Promise<void>;
}
