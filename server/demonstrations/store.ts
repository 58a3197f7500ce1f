import type { AudienceEntry, DemonstrationState } from '../contract/index.ts';
import type { ServedStretch, Stretch } from './attendance.ts';
import type { Demonstration } from './demonstration.ts';

/** Somebody who enrolled, acting for a facility; a second time after a withdrawal it is the same row. */
export interface Enrolment {
  demonstrationId: string;
  accountId: string;
  appointmentId: string;
  facilityId: string;
  enrolledAt: string;
  withdrawnAt: string | null;
}

/** One window of somebody, in one demonstration. */
export interface Presence extends Stretch {
  presenceId: string;
  demonstrationId: string;
  accountId: string;
  facilityId: string;
  windowId: string;
}

/** Which demonstrations a list has. */
export type DemonstrationFilter =
  /** `all`: those of the whole facility, as its coordinators see them. */
  | { desk: 'own'; accountId: string; facilityId: string; all: boolean }
  /** Enrolled in, whatever became of it, or invited to by one of these entries and in one of these states. */
  | {
      desk: 'watch';
      accountId: string;
      facilityId: string;
      entries: readonly AudienceEntry[];
      invitedStates: readonly DemonstrationState[];
      enrolledStates: readonly DemonstrationState[];
    }
  /** With people of these facilities, or in one of them and in one of these states. */
  | { desk: 'people'; facilityIds: readonly string[]; homeStates: readonly DemonstrationState[] };

export interface DemonstrationPageQuery {
  filter: DemonstrationFilter;
  states: readonly DemonstrationState[];
  order: 'ascending' | 'descending';
  /** From 1. */
  page: number;
  limit: number;
}

export interface DemonstrationStore {
  insert(demonstration: Demonstration): Promise<void>;
  find(demonstrationId: string): Promise<Demonstration | undefined>;
  /** As `find`, and nobody else writes it until the transaction ends. */
  findForUpdate(demonstrationId: string): Promise<Demonstration | undefined>;
  findMany(demonstrationIds: readonly string[]): Promise<Demonstration[]>;
  /** Writes the whole of it where it is still at `version`. @returns whether it was. */
  replace(demonstration: Demonstration, version: number): Promise<boolean>;
  /** What has not ended goes on at another facility: the place, the seats, who is invited and enrolled from there. */
  moveFacility(fromFacilityId: string, toFacilityId: string): Promise<void>;
  /** By their time. */
  listPage(query: DemonstrationPageQuery): Promise<{ demonstrations: Demonstration[]; total: number }>;
  /** Those of a patient's case, in any state. */
  listOfCase(consultationId: string): Promise<Demonstration[]>;
  /** Of the facility, in these states, at some instant between the two. */
  listBetween(
    facilityId: string,
    states: readonly DemonstrationState[],
    period: { from: string; to: string },
  ): Promise<Demonstration[]>;
  /** Of whichever facility, in these states, that begin after the one and until the other. */
  listBeginning(states: readonly DemonstrationState[], after: Date, until: Date): Promise<Demonstration[]>;
  /** Of whichever facility, in these states, whose time was over by then. */
  listOver(states: readonly DemonstrationState[], by: Date): Promise<Demonstration[]>;
  /** Notes that people were told that it begins then. @returns false where they were before, by whichever server. */
  noteReminder(demonstrationId: string, startsAt: string, at: Date): Promise<boolean>;

  insertPresence(presence: Presence): Promise<void>;
  /** Whether the window is in it. */
  isPresent(demonstrationId: string, windowId: string): Promise<boolean>;
  /** Whether the window is in one that is in this state. */
  isPresentIn(windowId: string, state: DemonstrationState): Promise<boolean>;
  /** These windows are connected, or one of them was until now. */
  notePresences(windowIds: readonly string[], at: Date): Promise<void>;
  /** They have left. */
  endPresences(
    of: { demonstrationId: string } & ({ windowId: string } | { accountId: string }),
    at: Date,
  ): Promise<void>;
  /** What nobody has noted since then is over, since it was noted last. */
  endPresencesNotedBefore(at: Date): Promise<void>;
  /** People, each once, with an open window that was noted since then. */
  countPresent(demonstrationId: string, since: Date): Promise<number>;
  listPresences(demonstrationId: string): Promise<Presence[]>;
  listLiveIds(): Promise<string[]>;
  /** A server is up while these are live; what was noted since `since` goes on. */
  noteServed(demonstrationIds: readonly string[], at: Date, since: Date): Promise<void>;
  listServed(demonstrationId: string): Promise<ServedStretch[]>;

  putEnrolment(enrolment: Enrolment): Promise<void>;
  findEnrolment(demonstrationId: string, accountId: string): Promise<Enrolment | undefined>;
  /** Withdrawn ones too, as they enrolled. */
  listEnrolments(demonstrationId: string): Promise<Enrolment[]>;
  /** How many are enrolled; of those that nobody is in: 0. */
  countEnrolled(demonstrationIds: readonly string[]): Promise<Map<string, number>>;
  /** Which of these the person is enrolled in, for that facility. */
  listEnrolledIn(
    person: { accountId: string; facilityId: string },
    demonstrationIds: readonly string[],
  ): Promise<Set<string>>;
}
