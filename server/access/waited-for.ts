import { caseKinds, statesOf } from '../cases/kinds/case-kinds.ts';
import type { Guard } from '../cases/kinds/guards.ts';
import type { KindRules, Standing } from '../cases/kinds/kind.ts';
import type { CaseKind, ConsultationAction, ConsultationState, GrantBasis, LicenceState } from '../contract/index.ts';
import type { CallerRole } from './caller.ts';
import { type Actor, isLicensed, isRoleOf, ROLES_OF_BASIS } from './may.ts';

/** The grounds on which a role may see cases at all. */
export function basesOfRole(role: CallerRole): GrantBasis[] {
  return (Object.keys(ROLES_OF_BASIS) as GrantBasis[]).filter((basis) => isRoleOf(basis, role));
}

/** Cases of a kind in these states wait for whoever holds a grant on this ground; of a coordinator, by the side of their facility. */
export interface WaitedFor {
  kind: CaseKind;
  basis: GrantBasis;
  states: ConsultationState[];
  side?: 'home' | 'invited';
  /** Only while an amendment of the report is being written. */
  whileAmending: boolean;
}

/** How each ground stands to a case. */
const STANDINGS: Record<GrantBasis, { standing: Standing; side?: WaitedFor['side'] }[]> = {
  requester: [{ standing: 'requester' }],
  assignment: [{ standing: 'specialist' }],
  invitation: [{ standing: 'invitee' }],
  'duty-pool': [{ standing: 'pool' }],
  coordination: [
    { standing: 'home-coordinator', side: 'home' },
    { standing: 'invited-coordinator', side: 'invited' },
  ],
};

/**
 * For whom cases wait, as a database can ask it of many cases at once. What a state waits for must be decided by standing, state,
 * the reader's licence and amendment alone; a test of the kinds' rules sees to that.
 */
export function standingsWaitedFor({ role, licence }: Pick<Actor, 'role' | 'licence'>): WaitedFor[] {
  const kinds = Object.entries(caseKinds) as [CaseKind, KindRules][];
  return kinds.flatMap(([kind, rules]) =>
    basesOfRole(role).flatMap((basis) =>
      STANDINGS[basis].flatMap(({ standing, side }) =>
        [false, true]
          .map((whileAmending) => ({
            kind,
            basis,
            ...(side && { side }),
            whileAmending,
            states: statesWaiting(rules, { standing, licence }, whileAmending),
          }))
          .filter(({ states }) => states.length > 0),
      ),
    ),
  );
}

function statesWaiting(
  rules: KindRules,
  { standing, licence }: { standing: Standing; licence: LicenceState },
  whileAmending: boolean,
): ConsultationState[] {
  return statesOf(rules)
    .filter(([state, { waitsFor }]) =>
      waitsFor.some((action) => {
        const act = rules.acts[action];
        const isAllowed = act.who[standing]?.includes(state) ?? false;
        return (
          isAllowed &&
          isLicensed(act, standing, licence) &&
          (guardOf(rules, action, state) === 'amending') === whileAmending
        );
      }),
    )
    .map(([state]) => state);
}

function guardOf({ acts }: KindRules, action: ConsultationAction, state: ConsultationState): Guard | undefined {
  const { when, step } = acts[action];
  return step?.arrows.find(({ from }) => from === state)?.when ?? when;
}
