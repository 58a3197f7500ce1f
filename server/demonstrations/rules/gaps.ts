import {
  DemonstrationGap,
  type DemonstrationSeat,
  type DemonstrationState,
  type SeatHolder,
} from '../../contract/index.ts';

/** What is looked at of a plan. */
export interface Plan {
  state: DemonstrationState;
  surgeonId: string;
  title: string;
  procedure: string;
  room: string;
  startsAt: string | null;
  endsAt: string | null;
  consultationId: string | null;
  seats: readonly SeatHolder[];
  audience: readonly object[];
  askedAt: string | null;
  signOffs: { theatre: object | null; ethics: object | null };
}

/** What the plan itself does not say. */
export interface PlanFacts {
  /** The patient consents to teaching now. */
  isConsented: boolean;
  /** A text that watchers read names the patient. */
  namesPatient: boolean;
  uncheckedCount: number;
  /** Somebody in a seat, or the surgeon, is not appointed there now. */
  isSomebodyGone: boolean;
  at: Date;
}

const NEEDED: readonly DemonstrationSeat[] = ['moderator', 'deputy', 'advocate', 'theatre-signer', 'ethics-signer'];

/** Places that two people must hold, so that none answers for what another is there to watch. */
const APART: readonly (readonly (DemonstrationSeat | 'surgeon')[])[] = [
  ['surgeon', 'theatre-signer', 'ethics-signer'],
  ['surgeon', 'moderator', 'deputy', 'advocate'],
];

export function holdersOf({ seats }: Pick<Plan, 'seats'>, seat: DemonstrationSeat): string[] {
  return seats.filter((one) => one.seat === seat).map(({ accountId }) => accountId);
}

function isApart(plan: Plan): boolean {
  return APART.every((places) => {
    const people = places.flatMap((place) => (place === 'surgeon' ? [plan.surgeonId] : holdersOf(plan, place)));
    return new Set(people).size === people.length;
  });
}

/** Once it is live, or cancelled, nothing is waited for. */
const LOOKED_AT: readonly DemonstrationState[] = ['planned', 'approved', 'enrolling'];

/** All that is still needed, in the order of the list of gaps. */
export function gapsOf(plan: Plan, facts: PlanFacts): DemonstrationGap[] {
  if (!LOOKED_AT.includes(plan.state)) return [];
  const { startsAt, endsAt, signOffs } = plan;
  const isSeated = (seat: DemonstrationSeat) => holdersOf(plan, seat).length > 0;
  const is: Record<DemonstrationGap, boolean> = {
    title: plan.title === '',
    procedure: plan.procedure === '',
    room: plan.room === '',
    time: startsAt === null || endsAt === null,
    'time-order': startsAt !== null && endsAt !== null && endsAt <= startsAt,
    // One that is late is not over: its end counts.
    'time-past': endsAt !== null && endsAt <= facts.at.toISOString(),
    case: plan.consultationId === null,
    'teach-consent': plan.consultationId !== null && !facts.isConsented,
    'patient-named': facts.namesPatient,
    ...(Object.fromEntries(NEEDED.map((seat) => [seat, !isSeated(seat)])) as Record<
      (typeof NEEDED)[number] & DemonstrationGap,
      boolean
    >),
    'people-not-apart': !isApart(plan),
    'people-gone': facts.isSomebodyGone,
    audience: plan.audience.length === 0,
    'materials-unchecked': facts.uncheckedCount > 0,
    'sign-off-request': plan.askedAt === null,
    'theatre-sign-off': signOffs.theatre === null,
    'ethics-sign-off': signOffs.ethics === null,
  };
  return DemonstrationGap.options.filter((gap) => is[gap]);
}
