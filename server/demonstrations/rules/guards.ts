import type { DemonstrationGap, DemonstrationState } from '../../contract/index.ts';

/** What the guards read of a demonstration. */
export interface GuardedDemonstration {
  state: DemonstrationState;
  startsAt: string | null;
  capacity: number | null;
  askedAt: string | null;
  signOffs: { theatre: object | null; ethics: object | null };
  enrolmentClosedAt: string | null;
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
  at: Date;
}

/** What comes last: everything else must be there before somebody is asked to sign. */
const SIGN_OFFS: readonly DemonstrationGap[] = ['sign-off-request', 'theatre-sign-off', 'ethics-sign-off'];

/** Nobody is let in to a theatre earlier than this before the announced time. */
export const EARLIEST_MS = 60 * 60_000;

export const isComplete = ({ gaps }: Pick<GuardFacts, 'gaps'>): boolean => gaps.every((gap) => SIGN_OFFS.includes(gap));

export const isFull = (
  { capacity }: Pick<GuardedDemonstration, 'capacity'>,
  { enrolledCount }: Pick<GuardFacts, 'enrolledCount'>,
): boolean => capacity !== null && enrolledCount >= capacity;

const GUARDS = {
  'complete-unasked': ({ askedAt }: GuardedDemonstration, facts: GuardFacts) => askedAt === null && isComplete(facts),
  asked: ({ askedAt }: GuardedDemonstration) => askedAt !== null,
  'theatre-unsigned': ({ askedAt, signOffs }: GuardedDemonstration, facts: GuardFacts) =>
    askedAt !== null && signOffs.theatre === null && isComplete(facts),
  'ethics-unsigned': ({ askedAt, signOffs }: GuardedDemonstration, facts: GuardFacts) =>
    askedAt !== null && signOffs.ethics === null && isComplete(facts),
  unchecked: (_: GuardedDemonstration, { gaps }: GuardFacts) => gaps.includes('materials-unchecked'),
  ready: (_: GuardedDemonstration, { gaps }: GuardFacts) => gaps.length === 0,
  'may-begin': ({ startsAt }: GuardedDemonstration, { gaps, hallReady, at }: GuardFacts) =>
    hallReady && gaps.length === 0 && startsAt !== null && at.getTime() >= Date.parse(startsAt) - EARLIEST_MS,
  'record-consented': (_: GuardedDemonstration, { isRecordConsented }: GuardFacts) => isRecordConsented,
  recorded: (_: GuardedDemonstration, { isRecorded }: GuardFacts) => isRecorded,
  'enrolment-open': ({ enrolmentClosedAt }: GuardedDemonstration) => enrolmentClosedAt === null,
  'enrolment-closed': ({ enrolmentClosedAt }: GuardedDemonstration) => enrolmentClosedAt !== null,
  'enrolment-possible': (demonstration: GuardedDemonstration, facts: GuardFacts) =>
    demonstration.enrolmentClosedAt === null && !isFull(demonstration, facts),
};
export type Guard = keyof typeof GUARDS;

export function holds(guard: Guard | undefined, demonstration: GuardedDemonstration, facts: GuardFacts): boolean {
  return guard === undefined || GUARDS[guard](demonstration, facts);
}
