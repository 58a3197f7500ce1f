import type { Grant } from '../access/grant.ts';
import type { WaitedFor } from '../access/waited-for.ts';
import type {
  ConsultationState,
  ExaminationLabel,
  GrantBasis,
  WorkListCounts,
  WorkListFilter,
  WorkListSort,
} from '../contract/index.ts';
import type { Consultation } from './consultation.ts';

/** Whose work list is read, and on which grounds: what `access/may.ts` says of the person, for the database. */
export interface WorkListReader {
  accountId: string;
  facilityId: string;
  at: Date;
  bases: GrantBasis[];
  waitsFor: WaitedFor[];
}

/** What there is under a filter, of all pages. */
export interface WorkListSurvey {
  counts: WorkListCounts;
  /** Of either side. */
  facilityIds: string[];
}

export interface WorkListOrder {
  sort: WorkListSort;
  /** The keys of the last line before the page. */
  after: readonly (string | number)[] | undefined;
  limit: number;
}

export interface ConsultationStore {
  insert(consultation: Consultation): Promise<void>;
  find(consultationId: string): Promise<Consultation | undefined>;
  /** As `find`, and nobody else writes the case until the transaction ends. */
  findForUpdate(consultationId: string): Promise<Consultation | undefined>;
  findMany(consultationIds: string[]): Promise<Consultation[]>;
  /** Cases that the account has an active grant on, the latest changed first. */
  listByAccount(
    accountId: string,
    options: { at: Date; state?: ConsultationState | undefined; limit?: number },
  ): Promise<Consultation[]>;
  /** A page of what the reader may see. `next`: the keys of its last line where there are more. */
  pageOfWorkList(
    reader: WorkListReader,
    filter: WorkListFilter,
    order: WorkListOrder,
  ): Promise<{ consultations: Consultation[]; next: (string | number)[] | null }>;
  surveyWorkList(reader: WorkListReader, filter: WorkListFilter): Promise<WorkListSurvey>;
  /** Which of these cases the reader may see. */
  visibleAmong(reader: WorkListReader, consultationIds: string[]): Promise<Consultation[]>;
  /** Cases of these patients that the reader may see, the latest submitted first. */
  listOfPatients(reader: WorkListReader, patientIds: string[]): Promise<Consultation[]>;
  /** All cases of these patients, whoever may see them. */
  listIdsOfPatients(patientIds: string[]): Promise<string[]>;
  /** What is attached to each case; cases without anything are left out. */
  listExaminations(consultationIds: string[]): Promise<Map<string, ExaminationLabel[]>>;
  /** Cases of which the facility is one side, in these states. */
  listOfFacility(facilityId: string, states: ConsultationState[]): Promise<Consultation[]>;
  /**
   * Cases in these states whose specialist cannot go on: with a licence on file that is not valid on that day, without an appointment as a
   * specialist at the invited hospital, or with a disabled account. @param now the day in China, and the instant.
   */
  listLeft(now: { day: string; at: string }, states: ConsultationState[]): Promise<Consultation[]>;
  /** Writes the case where it is still at `version`. @returns whether it was. */
  replace(consultation: Consultation, version: number): Promise<boolean>;
  /** The next number of a series, from 1; never given twice, whoever asks at the same time. */
  nextCaseSequence(series: string): Promise<number>;

  insertGrants(grants: Grant[]): Promise<void>;
  /** Grants that have not ended are held at another facility from now on: whoever holds them goes there. */
  moveGrants(fromFacilityId: string, toFacilityId: string, at: Date): Promise<void>;
  /** All grants of a case, ended ones too. */
  listGrants(consultationId: string): Promise<Grant[]>;
  /** Whether both accounts have a grant on the same case now. */
  shareCase(accountId: string, otherId: string, at: Date): Promise<boolean>;
  /** The account's grants on the cases, ended ones too. */
  listGrantsOfAccount(accountId: string, consultationIds: string[]): Promise<Grant[]>;
  /**
   * Sets the end of grants that have not ended `at` then, at once or ahead; `endedAt` null takes an end that lies ahead away.
   * One that has ended stays as it is.
   */
  endGrants(
    grantIds: string[],
    end: { at: string; endedAt: string | null; endedBy?: string; endReason?: string },
  ): Promise<void>;
}
