import { Failure, type MachineScope } from '../contract/index.ts';
import type { Caller } from './caller.ts';
import { requirePermission } from './may.ts';
import { isWithin, type Remit } from './people.ts';

/*
 * Programs at a facility: who makes and revokes their tokens, and what a token opens. ADMINISTRATION.md says the first for people who
 * read no code.
 */

/** What a program may ask of its own facility's archive by each method; there are no others. */
const SCOPE_OF_METHOD: Partial<Record<string, MachineScope>> = {
  GET: 'archive:read',
  HEAD: 'archive:read',
  POST: 'archive:write',
};

/** @throws Failure forbidden to whoever administers nothing, not-found for a facility that is not theirs */
export function requireMakingMachine(caller: Caller, remit: Remit, facilityId: string): void {
  requirePermission(caller, 'account:manage');
  if (!isWithin(remit, facilityId)) throw new Failure('not-found', 'no such facility');
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
  if (!machine || !isWithin(remit, machine.facilityId)) throw new Failure('not-found', 'no such program');
  if (!mayRevokeMachine(remit, machine))
    throw new Failure('conflict', 'revoked already', { reason: 'state-not-allowed' });
}

/** People have no scopes: their role decides. @throws Failure forbidden / machine-scope */
export function requireScope({ scopes }: Pick<Caller, 'scopes'>, method: string): void {
  const needed = SCOPE_OF_METHOD[method];
  if (scopes && (needed === undefined || !scopes.includes(needed)))
    throw new Failure('forbidden', `the token does not open ${method}`, { reason: 'machine-scope' });
}
