import type { GrantBasis } from '../consultations/grant.ts';
import type { ConsultationAction, ConsultationState, Role } from '../contract/index.ts';
import { ALWAYS, ROLES_OF_BASIS, RULES, type Standing } from './may.ts';

/** The grounds on which a role may see cases at all. */
export function basesOfRole(role: Role): GrantBasis[] {
  return (Object.keys(ROLES_OF_BASIS) as GrantBasis[]).filter((basis) => ROLES_OF_BASIS[basis].includes(role));
}

/** Cases in these states wait for whoever holds a grant on this ground; of a coordinator, by the side of their facility. */
export interface WaitedFor {
  basis: GrantBasis;
  states: ConsultationState[];
  side?: 'home' | 'invited';
}

/**
 * For whom cases of a state wait, as a database can ask it of many cases at once.
 * @param waitsFor the acts that each state waits for. None of them may depend on more than standing and state.
 */
export function standingsWaitedFor(
  role: Role,
  waitsFor: Record<ConsultationState, readonly ConsultationAction[]>,
): WaitedFor[] {
  const statesOf = (standing: Standing) =>
    ALWAYS.filter((state) => waitsFor[state].some((action) => RULES[action].allow[standing]?.includes(state)));
  const ofBasis: Record<GrantBasis, WaitedFor[]> = {
    requester: [{ basis: 'requester', states: statesOf('requester') }],
    assignment: [{ basis: 'assignment', states: statesOf('specialist') }],
    invitation: [{ basis: 'invitation', states: statesOf('invitee') }],
    'duty-pool': [{ basis: 'duty-pool', states: statesOf('pool') }],
    coordination: [
      { basis: 'coordination', side: 'home', states: statesOf('home-coordinator') },
      { basis: 'coordination', side: 'invited', states: statesOf('invited-coordinator') },
    ],
  };
  return basesOfRole(role).flatMap((basis) => ofBasis[basis]);
}
