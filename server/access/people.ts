import { Failure, type PersonAction, type PersonState, Role } from '../contract/index.ts';
import { administeredFacilities, type FacilityNode } from './administered-facilities.ts';
import type { Actor } from './may.ts';
import { isPlatformRole } from './platform-roles.ts';

/** The facilities that an administrator answers for; `all`: the platform's does for every one. */
export type Remit = 'all' | readonly string[];

/** Whose people somebody administers: those of the facilities that they administer. @param nodes all facilities there are. */
export function remitOf(actor: Pick<Actor, 'role' | 'facilityId'>, nodes: readonly FacilityNode[]): Remit {
  return actor.role === 'admin' ? 'all' : [...administeredFacilities(actor, nodes).keys()];
}

export function isWithin(remit: Remit, facilityId: string): boolean {
  return remit === 'all' || remit.includes(facilityId);
}

/** The roles that an administrator gives. What the platform's three see is about every facility: none of a facility gives those. */
export function rolesGivenBy({ role }: Pick<Actor, 'role'>): Role[] {
  if (role === 'admin') return [...Role.options];
  return role === 'facility-admin' ? Role.options.filter((one) => !isPlatformRole(one)) : [];
}

/** What the rules need to know of the person who is administered. */
export interface Administered {
  accountId: string;
  role: Role;
  facilityId: string;
  state: PersonState;
  /** Its password is public: it is ended with the whole demonstration, and never becomes anybody's own. */
  isDemo: boolean;
  hasSecondFactor: boolean;
}

const POSSIBLE: Record<PersonState, readonly PersonAction[]> = {
  invited: ['edit', 'make-link', 'propose-role', 'disable'],
  active: ['edit', 'make-link', 'reset-factor', 'propose-role', 'disable'],
  disabled: ['edit', 'propose-role', 'reactivate'],
};

/** What may ever be done, whatever state the account is in. A link for oneself would spare the old password, a reset the code. */
function allowedOn(actor: Actor, person: Administered): readonly PersonAction[] {
  if (person.isDemo || !rolesGivenBy(actor).includes(person.role)) return [];
  if (person.accountId === actor.accountId) return actor.role === 'admin' ? ['edit', 'propose-role', 'disable'] : [];
  if (isPlatformRole(person.role)) return ON_PLATFORM_ADMINISTRATORS[person.state];
  const ordinary = ['edit', 'make-link', 'reset-factor', 'disable', 'reactivate'] as const;
  return actor.role === 'admin' ? [...ordinary, 'propose-role'] : ordinary;
}

/** Whoever could take over a colleague's account would hold two of the three offices: where a password or factor is lost, the operator helps. */
const ON_PLATFORM_ADMINISTRATORS: Record<PersonState, readonly PersonAction[]> = {
  invited: ['edit', 'make-link', 'propose-role', 'disable'],
  active: ['edit', 'propose-role', 'disable'],
  disabled: ['edit', 'propose-role', 'reactivate'],
};

export function personActions(actor: Actor, remit: Remit, person: Administered): PersonAction[] {
  if (!isWithin(remit, person.facilityId)) return [];
  const allowed = allowedOn(actor, person);
  return possibleOn(person).filter((action) => allowed.includes(action));
}

function possibleOn({ state, hasSecondFactor }: Administered): PersonAction[] {
  return POSSIBLE[state].filter((action) => action !== 'reset-factor' || hasSecondFactor);
}

/**
 * @throws Failure not-found where the person is of a facility that the caller does not answer for, forbidden where the act is never
 * theirs, conflict where the account's state does not allow it now.
 */
export function requirePersonAction(action: PersonAction, actor: Actor, remit: Remit, person: Administered): void {
  if (!isWithin(remit, person.facilityId)) throw new Failure('not-found', 'no such person');
  if (person.isDemo)
    throw new Failure('forbidden', 'an account of the demo network stays as it is', { reason: 'demo-account' });
  if (!allowedOn(actor, person).includes(action)) throw new Failure('forbidden', `${action} is not allowed`);
  if (action === 'reset-factor' && !person.hasSecondFactor)
    throw new Failure('conflict', 'the account has no second factor', { reason: 'second-factor-unknown' });
  if (!possibleOn(person).includes(action))
    throw new Failure('conflict', `${action} is not possible: the account is ${person.state}`, {
      reason: 'state-not-allowed',
    });
}

/** @throws Failure not-found for a facility that the caller does not answer for, forbidden for a role that is not theirs to give */
export function requireGiving(actor: Actor, remit: Remit, given: { role: Role; facilityId: string }): void {
  if (!isWithin(remit, given.facilityId)) throw new Failure('not-found', 'no such facility');
  if (!rolesGivenBy(actor).includes(given.role)) throw new Failure('forbidden', `${given.role} is not theirs to give`);
}
