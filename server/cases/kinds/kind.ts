import type {
  Awaiting,
  CaseKind,
  CaseNoticeKind,
  ConsultationAction,
  ConsultationState,
  GrantBasis,
  Interruption,
  Meeting,
  Role,
  WorkListName,
} from '../../contract/index.ts';
import type { Guard } from './guards.ts';

/*
 * What a kind of case says of itself. Everything here is data: `access/may.ts` answers from it who may, `cases/consultation.ts`
 * goes along its arrows, and the tests look whether it is complete.
 */

/** How a person stands to a case. Coordinators of the two sides may do different things. */
export type Standing = 'requester' | 'specialist' | 'invitee' | 'pool' | 'home-coordinator' | 'invited-coordinator';

/** One way from a state to the next. */
export interface Arrow {
  from: ConsultationState;
  to: ConsultationState;
  /** Where the state alone does not decide. */
  when?: Guard;
  /** The case goes on as one of this kind. */
  becomes?: CaseKind;
  /** What those whom it concerns are told. */
  told?: CaseNoticeKind;
}

/** A change of the case. */
export interface Step {
  arrows: readonly Arrow[];
  /** Its name in the audit chain, `noun:verb`. */
  recorded: string;
  /** The case now waits for people who did nothing to it: sound and badge for them. */
  arrives?: true;
  /** The ground on which whoever does it sees the case from then on. */
  gives?: GrantBasis;
  /** Whom the kind admits is let in with it. */
  admits?: true;
  /** Whose access ends with it; `keepsActor`: whoever did it keeps theirs; `side`: of this side alone. */
  ends?: { bases: readonly GrantBasis[]; keepsActor?: true; side?: 'invited' };
}

export interface Act {
  /** Who may ever do it, and in which states. A standing without states is told `conflict`, one that is not named `forbidden`. */
  who: Partial<Record<Standing, readonly ConsultationState[]>>;
  when?: Guard;
  /** Standings in which it takes a licence to practise that is not known to be invalid. */
  licensed?: readonly Standing[];
  /** Left out: the case itself stays as it is. */
  step?: Step;
}

export interface StateRules {
  /** The list that such a case is in, beside the one of what waits for the reader. */
  list: Exclude<WorkListName, 'mine'>;
  awaiting: Awaiting;
  /** Whoever may do one of these is who the case waits for. */
  waitsFor: readonly ConsultationAction[];
  /** Since when it waits; left out: since its last change. */
  since?: 'submittedAt';
  interruption?: Interruption;
  /** Everybody's access gets its end here, see `cases/closing.ts`. */
  isClosed?: true;
}

/** Whom a case lets in once it is sent: the people of one side with one of the roles. */
export interface Admission {
  basis: GrantBasis;
  side: 'home' | 'invited';
  roles: readonly Role[];
  when?: Guard;
}

export interface KindRules {
  /** The first one is where a case begins. */
  states: Partial<Record<ConsultationState, StateRules>>;
  acts: Record<ConsultationAction, Act>;
  /** Both sides are in a call together; the server notices it, nobody does it. Left out: it means nothing for the case. */
  meet?: Step;
  meeting: Meeting;
  admits: readonly Admission[];
}
