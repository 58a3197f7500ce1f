import type { GrantBasis } from '../cases/grant.ts';
import type { ConsultationAction, ConsultationState, Role } from '../contract/index.ts';
import { ALWAYS, RULES, type Standing } from './case-rules.ts';
import { ROLES_OF_BASIS } from './may.ts';

/** The grounds on which a role may see cases at all. */
export function basesOfRole(role: Role): GrantBasis[] {
  return (Object.keys(ROLES_OF_BASIS) as GrantBasis[]).filter((basis) => ROLES_OF_BASIS[basis].includes(role));
}

/** Cases in these states wait for whoever holds a grant on this ground; of a coordinator, by the side of their facility. */
export interface WaitedFor {
  basis: GrantBasis;
  states: ConsultationState[];
  side?: 'home' | 'invited';
  /** Only while an amendment of the report is being written. */
  whileAmending: boolean;
}

/** The one act that waits by more than standing and state. */
const OF_AMENDMENT: ConsultationAction = 'withdraw-amendment';

/**
 * For whom cases of a state wait, as a database can ask it of many cases at once.
 * @param waitsFor the acts that each state waits for. Their rules must ask for standing, state and amendment alone.
 */
export function standingsWaitedFor(
  role: Role,
  waitsFor: Record<ConsultationState, readonly ConsultationAction[]>,
): WaitedFor[] {
  const waited = (basis: GrantBasis, standing: Standing, side?: WaitedFor['side']): WaitedFor[] =>
    [false, true].map((whileAmending) => ({
      basis,
      ...(side && { side }),
      whileAmending,
      states: ALWAYS.filter((state) =>
        waitsFor[state].some(
          (action) => (action === OF_AMENDMENT) === whileAmending && RULES[action].allow[standing]?.includes(state),
        ),
      ),
    }));
  const ofBasis: Record<GrantBasis, WaitedFor[]> = {
    requester: waited('requester', 'requester'),
    assignment: waited('assignment', 'specialist'),
    invitation: waited('invitation', 'invitee'),
    'duty-pool': waited('duty-pool', 'pool'),
    coordination: [
      ...waited('coordination', 'home-coordinator', 'home'),
      ...waited('coordination', 'invited-coordinator', 'invited'),
    ],
  };
  return basesOfRole(role).flatMap((basis) => ofBasis[basis]);
}
