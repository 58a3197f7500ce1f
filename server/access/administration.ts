import {
  type AgreementAction,
  type AgreementState,
  FacilityAction,
  type FacilityStatus,
  Failure,
} from '../contract/index.ts';
import type { AdministratorStanding } from './administered-facilities.ts';

/*
 * Who may do what with facilities, agreements and alliances. ADMINISTRATION.md beside this file says the same for people who read no
 * code; a test holds one against the other.
 */

interface FacilityRule {
  who: readonly AdministratorStanding[];
  status: readonly FacilityStatus[];
}

const ANY: readonly AdministratorStanding[] = ['platform', 'own', 'below'];
/** Where one's own facility stands, and whether it goes on, is for those above it to say. */
const FROM_ABOVE: readonly AdministratorStanding[] = ['platform', 'below'];

const FACILITY_RULES: Record<FacilityAction, FacilityRule> = {
  edit: { who: ANY, status: ['active'] },
  'add-below': { who: ANY, status: ['active'] },
  move: { who: FROM_ABOVE, status: ['active', 'closed'] },
  close: { who: FROM_ABOVE, status: ['active'] },
  reopen: { who: FROM_ABOVE, status: ['closed'] },
  merge: { who: FROM_ABOVE, status: ['active'] },
};

const notFound = () => new Failure('not-found', 'no such facility');

export function facilityActions(standing: AdministratorStanding, status: FacilityStatus): FacilityAction[] {
  return FacilityAction.options.filter((action) => {
    const rule = FACILITY_RULES[action];
    return rule.who.includes(standing) && rule.status.includes(status);
  });
}

/**
 * @param standing undefined: none.
 * @throws Failure not-found to a stranger, forbidden where it is never theirs, conflict where the status does not allow it now.
 */
export function requireFacilityAction(
  action: FacilityAction,
  standing: AdministratorStanding | undefined,
  status: FacilityStatus,
): void {
  if (standing === undefined) throw notFound();
  const rule = FACILITY_RULES[action];
  if (!rule.who.includes(standing)) throw new Failure('forbidden', `${action} is for those above the facility`);
  if (!rule.status.includes(status)) throw new Failure('conflict', `${action} is not possible: ${status}`);
}

/** In which states an agreement lets this be done; by the administrators of either side. */
const AGREEMENT_RULES: Record<AgreementAction, readonly AgreementState[]> = {
  edit: ['draft'],
  sign: ['draft'],
  discard: ['draft'],
  end: ['upcoming', 'valid'],
  renew: ['valid', 'expired', 'ended'],
};

export function agreementActions(state: AgreementState): AgreementAction[] {
  return (Object.keys(AGREEMENT_RULES) as AgreementAction[]).filter((action) =>
    AGREEMENT_RULES[action].includes(state),
  );
}

/** @throws Failure conflict where the state does not allow it, reason agreement-signed where it is signed already. */
export function requireAgreementAction(action: AgreementAction, state: AgreementState): void {
  if (AGREEMENT_RULES[action].includes(state)) return;
  const isDraftOnly = AGREEMENT_RULES[action].includes('draft');
  throw new Failure(
    'conflict',
    `${action} is not possible: ${state}`,
    isDraftOnly ? { reason: 'agreement-signed' } : {},
  );
}
