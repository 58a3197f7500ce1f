import type { DemonstrationGap, DemonstrationState } from '../../contract/index.ts';

/** What the guards read of a demonstration. */
export interface GuardedDemonstration {
  state: DemonstrationState;
  startsAt: string | null;
  capacity: number | null;
  askedAt: string | null;
  signOffs: { theatre: object | null; ethics: object | null };
  enrolmentClosedAt: string | null;
  endedAt: string | null;
  assessment: object | null;
  credit: object | null;
}

/** What else decides, beside the demonstration itself. */
export interface GuardFacts {
  gaps: readonly DemonstrationGap[];
  enrolledCount: number;
  /** Somewhere for sound and picture is there, with pages that show them. */
  hallReady: boolean;
  /** The patient agreed to being recorded. */
  isRecordConsented: boolean;
  /** There is a recording that is not sealed. */
  isRecorded: boolean;
  /** The patient agrees to teaching. */
  isTeachConsented: boolean;
  /** Nobody has looked through something that is listed. */
  isUnchecked: boolean;
  at: Date;
}

/** Where none of the acts that are asked for depends on it. */
export const NOT_ASKED = { isTeachConsented: false, isUnchecked: false } as const;

/** What comes last: everything else must be there before somebody is asked to sign. */
const SIGN_OFFS: readonly DemonstrationGap[] = ['sign-off-request', 'theatre-sign-off', 'ethics-sign-off'];

/** Nobody is let in to a theatre earlier than this before the announced time. */
export const EARLIEST_MS = 60 * 60_000;

/** Open windows are noted each half minute: by then what they leave behind is in the database. */
const SETTLED_AFTER_MS = 60_000;

/** From when on it is known who was there. null: it is not over. */
export const assessableAt = ({ endedAt }: Pick<GuardedDemonstration, 'endedAt'>): Date | null =>
  endedAt === null ? null : new Date(Date.parse(endedAt) + SETTLED_AFTER_MS);

/** What is not looked through is not shown: once both have signed, nothing waits for it. */
export const hindering = (
  { state }: Pick<GuardedDemonstration, 'state'>,
  { gaps }: Pick<GuardFacts, 'gaps'>,
): DemonstrationGap[] => gaps.filter((gap) => state === 'planned' || gap !== 'materials-unchecked');

const isComplete = (demonstration: Pick<GuardedDemonstration, 'state'>, facts: GuardFacts): boolean =>
  hindering(demonstration, facts).every((gap) => SIGN_OFFS.includes(gap));

export const isFull = (
  { capacity }: Pick<GuardedDemonstration, 'capacity'>,
  { enrolledCount }: Pick<GuardFacts, 'enrolledCount'>,
): boolean => capacity !== null && enrolledCount >= capacity;

const GUARDS = {
  'complete-unasked': (demonstration: GuardedDemonstration, facts: GuardFacts) =>
    demonstration.askedAt === null && isComplete(demonstration, facts),
  asked: ({ askedAt }: GuardedDemonstration) => askedAt !== null,
  'theatre-unsigned': (demonstration: GuardedDemonstration, facts: GuardFacts) =>
    demonstration.askedAt !== null && demonstration.signOffs.theatre === null && isComplete(demonstration, facts),
  'ethics-unsigned': (demonstration: GuardedDemonstration, facts: GuardFacts) =>
    demonstration.askedAt !== null && demonstration.signOffs.ethics === null && isComplete(demonstration, facts),
  // Not by the gaps: what is live or over lacks nothing any more, and can be looked through anew all the same.
  unchecked: (_: GuardedDemonstration, { isUnchecked }: GuardFacts) => isUnchecked,
  ready: (demonstration: GuardedDemonstration, facts: GuardFacts) => hindering(demonstration, facts).length === 0,
  'may-begin': (demonstration: GuardedDemonstration, facts: GuardFacts) =>
    facts.hallReady &&
    hindering(demonstration, facts).length === 0 &&
    demonstration.startsAt !== null &&
    facts.at.getTime() >= Date.parse(demonstration.startsAt) - EARLIEST_MS,
  'record-consented': (_: GuardedDemonstration, { isRecordConsented }: GuardFacts) => isRecordConsented,
  'teach-consented': (_: GuardedDemonstration, { isTeachConsented }: GuardFacts) => isTeachConsented,
  recorded: (_: GuardedDemonstration, { isRecorded }: GuardFacts) => isRecorded,
  assessable: (demonstration: GuardedDemonstration, { at }: GuardFacts) => {
    const from = assessableAt(demonstration);
    return demonstration.assessment === null && from !== null && at >= from;
  },
  creditable: ({ assessment, credit }: GuardedDemonstration) => assessment !== null && credit === null,
  credited: ({ credit }: GuardedDemonstration) => credit !== null,
  'enrolment-open': ({ enrolmentClosedAt }: GuardedDemonstration) => enrolmentClosedAt === null,
  'enrolment-closed': ({ enrolmentClosedAt }: GuardedDemonstration) => enrolmentClosedAt !== null,
  'enrolment-possible': (demonstration: GuardedDemonstration, facts: GuardFacts) =>
    demonstration.enrolmentClosedAt === null && !isFull(demonstration, facts),
};
export type Guard = keyof typeof GUARDS;

export function holds(guard: Guard | undefined, demonstration: GuardedDemonstration, facts: GuardFacts): boolean {
  return guard === undefined || GUARDS[guard](demonstration, facts);
}
