import {
  type AppointmentAction,
  type AppointmentState,
  Failure,
  type PersonAction,
  type PersonState,
  Role,
} from '../contract/index.ts';
import { administeredFacilities, type FacilityNode } from './administered-facilities.ts';
import type { Actor } from './may.ts';
import { isPlatformRole, requireRolesApart } from './platform-roles.ts';

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

type Place = { role: Role; facilityId: string };

/** What the rules need to know of the person who is administered. Role and facility are those of the main appointment. */
export interface Administered extends Place {
  accountId: string;
  /** Their other appointments that have not ended. */
  others: readonly Place[];
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

/** Whether somebody in this place is an administrator beyond what the caller administers: whoever opens their account would be one too. */
function isAbove(actor: Actor, remit: Remit, { role, facilityId }: Place): boolean {
  return !rolesGivenBy(actor).includes(role) || (role === 'facility-admin' && !isWithin(remit, facilityId));
}

/** What may ever be done, whatever state the account is in. A link for oneself would spare the old password, a reset the code. */
function allowedOn(actor: Actor, remit: Remit, person: Administered): readonly PersonAction[] {
  if (person.isDemo || [person, ...person.others].some((place) => isAbove(actor, remit, place))) return [];
  if (!isWithin(remit, person.facilityId)) return [];
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

/** Whether the administrator sees the person at all: some appointment of theirs is at a facility that they answer for. */
export function isSeen(remit: Remit, { facilityId, others }: Pick<Administered, 'facilityId' | 'others'>): boolean {
  return isWithin(remit, facilityId) || others.some((one) => isWithin(remit, one.facilityId));
}

export function personActions(actor: Actor, remit: Remit, person: Administered): PersonAction[] {
  const allowed = allowedOn(actor, remit, person);
  return possibleOn(person).filter((action) => allowed.includes(action));
}

function possibleOn({ state, hasSecondFactor }: Administered): PersonAction[] {
  return POSSIBLE[state].filter((action) => action !== 'reset-factor' || hasSecondFactor);
}

/**
 * @throws Failure not-found where the person has no appointment at a facility that the caller answers for, forbidden where the act is
 * never theirs, conflict where the account's state does not allow it now.
 */
export function requirePersonAction(action: PersonAction, actor: Actor, remit: Remit, person: Administered): void {
  if (!isSeen(remit, person)) throw new Failure('not-found', 'no such person');
  if (person.isDemo)
    throw new Failure('forbidden', 'an account of the demo network stays as it is', { reason: 'demo-account' });
  if (!allowedOn(actor, remit, person).includes(action)) throw new Failure('forbidden', `${action} is not allowed`);
  if (action === 'reset-factor' && !person.hasSecondFactor)
    throw new Failure('conflict', 'the account has no second factor', { reason: 'second-factor-unknown' });
  if (!possibleOn(person).includes(action))
    throw new Failure('conflict', `${action} is not possible: the account is ${person.state}`, {
      reason: 'state-not-allowed',
    });
}

/** @throws Failure not-found for a facility that the caller does not answer for, forbidden for a role that is not theirs to give */
export function requireGiving(actor: Actor, remit: Remit, given: Place): void {
  if (!isWithin(remit, given.facilityId)) throw new Failure('not-found', 'no such facility');
  if (!rolesGivenBy(actor).includes(given.role)) throw new Failure('forbidden', `${given.role} is not theirs to give`);
}

/**
 * Whether somebody who has an account may be given this place beside theirs. Nobody appoints themselves: an administrator would come near
 * patients by it.
 * @param held the roles that the person has already. @throws Failure as {@link requireGiving} and `requireRolesApart`
 */
export function requireAppointing(
  actor: Actor,
  remit: Remit,
  given: Place,
  { accountId, isDemo, held }: { accountId: string; isDemo: boolean; held: readonly Role[] },
): void {
  requireGiving(actor, remit, given);
  if (isDemo)
    throw new Failure('forbidden', 'an account of the demo network stays as it is', { reason: 'demo-account' });
  if (accountId === actor.accountId) throw new Failure('forbidden', 'nobody appoints themselves');
  requireRolesApart([...held, given.role]);
}

/** What the rules need to know of an appointment that is administered. */
export interface AdministeredAppointment extends Place {
  accountId: string;
  state: AppointmentState;
  isDemo: boolean;
}

function appointmentAllowed(actor: Actor, { accountId, role, isDemo }: AdministeredAppointment): boolean {
  return !isDemo && accountId !== actor.accountId && rolesGivenBy(actor).includes(role);
}

const POSSIBLE_ON: Record<AppointmentState, readonly AppointmentAction[]> = {
  upcoming: ['edit', 'end'],
  'in-force': ['edit', 'end'],
  ended: ['resume'],
};

export function appointmentActions(
  actor: Actor,
  remit: Remit,
  appointment: AdministeredAppointment,
): AppointmentAction[] {
  if (!isWithin(remit, appointment.facilityId) || !appointmentAllowed(actor, appointment)) return [];
  return [...POSSIBLE_ON[appointment.state]];
}

/** @throws Failure not-found outside of what the caller answers for, forbidden where it is never theirs, conflict where its state does not allow it */
export function requireAppointmentAction(
  action: AppointmentAction,
  actor: Actor,
  remit: Remit,
  appointment: AdministeredAppointment,
): void {
  if (!isWithin(remit, appointment.facilityId)) throw new Failure('not-found', 'no such appointment');
  if (appointment.isDemo)
    throw new Failure('forbidden', 'an account of the demo network stays as it is', { reason: 'demo-account' });
  if (!appointmentAllowed(actor, appointment)) throw new Failure('forbidden', `${action} is not allowed`);
  if (!POSSIBLE_ON[appointment.state].includes(action))
    throw new Failure('conflict', `${action} is not possible: ${appointment.state}`, { reason: 'state-not-allowed' });
}
