import { Failure, MachineScope, type MachineState } from '../contract/index.ts';
import type { Caller } from './caller.ts';
import { requirePermission } from './may.ts';
import { isWithin, type Remit } from './people.ts';

/*
 * Machines at a facility: who makes, confirms and revokes their tokens, and what a token opens. ADMINISTRATION.md says the first for
 * people who read no code.
 */

/** What a machine may ask of its own facility's archive by each method; there are no others. */
const SCOPE_OF_METHOD: Partial<Record<string, MachineScope>> = {
  GET: 'archive:read',
  HEAD: 'archive:read',
  POST: 'archive:write',
};

/** What somebody lets machines do. Whoever administers the whole platform sees no pictures, by a machine's token neither. */
export function scopesGivenBy({ role }: Pick<Caller, 'role'>): MachineScope[] {
  if (role === 'facility-admin') return [...MachineScope.options];
  return role === 'admin' ? ['archive:write'] : [];
}

/** A token that reads pictures is nobody's alone to make: a second person of the facility confirms it. */
export const needsSecond = ({ scopes }: { scopes: readonly MachineScope[] }): boolean =>
  scopes.includes('archive:read');

/** @throws Failure forbidden to whoever administers nothing, not-found for a facility that is not theirs, forbidden / machine-reading */
export function requireMakingMachine(
  caller: Caller,
  remit: Remit,
  { facilityId, scopes }: { facilityId: string; scopes: readonly MachineScope[] },
): void {
  requirePermission(caller, 'account:manage');
  if (!isWithin(remit, facilityId)) throw new Failure('not-found', 'no such facility');
  const given = scopesGivenBy(caller);
  if (scopes.some((scope) => !given.includes(scope)))
    throw new Failure('forbidden', 'reading is for the facility’s own administrator to give', {
      reason: 'machine-reading',
      fields: ['scopes'],
    });
}

/** Whose machines somebody sees: coordinators, who may be the second, those of their own facility. @param remit what they administer */
export function machineRemit(
  { role, facilityId, onlyCaseId }: Pick<Caller, 'role' | 'facilityId' | 'onlyCaseId'>,
  remit: Remit,
): Remit {
  return role === 'coordinator' && onlyCaseId === undefined ? [facilityId] : remit;
}

/** As it was made, whatever has become of it since. */
interface ManagedMachine {
  facilityId: string;
  revokedAt: string | null;
}

export function mayRevokeMachine(remit: Remit, { facilityId, revokedAt }: ManagedMachine): boolean {
  return isWithin(remit, facilityId) && revokedAt === null;
}

/** @param machine undefined: there is none. @throws Failure not-found to a stranger, conflict where it is revoked already */
export function requireRevokingMachine<Machine extends ManagedMachine>(
  remit: Remit,
  machine: Machine | undefined,
): asserts machine is Machine {
  if (!machine || !isWithin(remit, machine.facilityId)) throw new Failure('not-found', 'no such machine');
  if (!mayRevokeMachine(remit, machine))
    throw new Failure('conflict', 'revoked already', { reason: 'state-not-allowed' });
}

/** Who would be the second, and whose token it is. A public password is nobody's second for a real account. */
export interface Confirming {
  caller: Pick<Caller, 'accountId' | 'role' | 'facilityId' | 'onlyCaseId'>;
  remit: Remit;
  isDemo: boolean;
  madeBy: { accountId: string; isDemo: boolean };
}

/** Another administrator, or a coordinator of the facility: somebody who answers for its patients' pictures, and did not make the token. */
function isSecond({ caller, isDemo, madeBy }: Confirming): boolean {
  return (
    ['facility-admin', 'coordinator'].includes(caller.role) &&
    caller.accountId !== madeBy.accountId &&
    (!isDemo || madeBy.isDemo)
  );
}

export function mayConfirmMachine(by: Confirming, { facilityId }: ManagedMachine, state: MachineState): boolean {
  return state === 'unconfirmed' && isWithin(machineRemit(by.caller, by.remit), facilityId) && isSecond(by);
}

/** @throws Failure not-found to a stranger, forbidden where it is never theirs, conflict / machine-lapsed or state-not-allowed */
export function requireConfirmingMachine(by: Confirming, machine: ManagedMachine, state: MachineState): void {
  if (!isWithin(machineRemit(by.caller, by.remit), machine.facilityId))
    throw new Failure('not-found', 'no such machine');
  if (!isSecond(by)) throw new Failure('forbidden', 'somebody else of the facility confirms it');
  if (state !== 'unconfirmed')
    throw new Failure('conflict', `there is nothing to confirm: ${state}`, {
      reason: state === 'lapsed' ? 'machine-lapsed' : 'state-not-allowed',
    });
}

/** People have no scopes: their role decides. @throws Failure forbidden / machine-scope */
export function requireScope({ scopes }: Pick<Caller, 'scopes'>, method: string): void {
  const needed = SCOPE_OF_METHOD[method];
  if (scopes && (needed === undefined || !scopes.includes(needed)))
    throw new Failure('forbidden', `the token does not open ${method}`, { reason: 'machine-scope' });
}
