import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import {
  type Administered,
  appointmentActions,
  isWithin,
  personActions,
  type Remit,
  remitOf,
  requirePersonAction,
} from '../access/people.ts';
import { isPlatformRole } from '../access/platform-roles.ts';
import {
  Failure,
  type ManagedAppointmentView,
  type ManagedPersonView,
  type PeopleChoices,
  type PersonAction,
} from '../contract/index.ts';
import { isPractising, toLicenceView } from '../licences/licence.ts';
import type { Stores, Work } from '../store/stores.ts';
import { type Appointment, isInForce, mainOf, stateOf } from './appointment.ts';
import { hasFactor } from './factor-proof.ts';
import { personState, toAppointmentView, toPersonView } from './person.ts';
import type { SessionEnd } from './sessions.ts';
import type { Account } from './store.ts';

type Named =
  | 'accounts'
  | 'attempts'
  | 'audit'
  | 'facilities'
  | 'notices'
  | 'oneTimeLinks'
  | 'policies'
  | 'practitioners'
  | 'secondFactors';
export type PeopleStores = Pick<Stores, Named>;

export interface PeopleParts {
  work: Work<Named>;
  /** Where people may be put: facilities that are open. */
  listWorkplaces(): Promise<PeopleChoices['facilities']>;
  /** These sessions are over, and it is committed. */
  tellEnded(sessionIds: string[], why: SessionEnd): void;
  /** Tells a person that their second factor was taken off, and by whom; it is committed. */
  tellFactorReset(asked: Asked, accountId: string): Promise<void>;
}

export async function findRemit({ work }: Pick<PeopleParts, 'work'>, caller: Caller): Promise<Remit> {
  return remitOf(caller, await work.read.facilities.listNodes());
}

/** What the rules need to know of an account. @param others appointments that the person holds beside the main one. */
export function administered(
  account: Account,
  hasSecondFactor: boolean,
  others: readonly Pick<Appointment, 'role' | 'facilityId'>[],
): Administered {
  const { accountId, role, facilityId, isDemo } = account;
  return { accountId, role, facilityId, others, isDemo, state: personState(account), hasSecondFactor };
}

/** A person's appointments that have not ended; of the main one the place counts in any case, since the account is administered there. */
export async function listHeld(
  { accounts }: Pick<Stores, 'accounts'>,
  accountId: string,
  at: Date,
): Promise<Appointment[]> {
  return (await accounts.listAppointments([accountId])).filter((one) => one.isMain || stateOf(one, at) !== 'ended');
}

/** The account, for this act. @throws as `requirePersonAction`; not-found where there is none */
export async function getAccountFor(
  parts: PeopleParts,
  stores: PeopleStores,
  { caller, at }: Asked,
  accountId: string,
  action: PersonAction,
): Promise<Account> {
  const account = await stores.accounts.find(accountId);
  if (!account) throw new Failure('not-found', 'no such person');
  const remit = await findRemit(parts, caller);
  const others = (await listHeld(stores, accountId, at)).filter(({ isMain }) => !isMain);
  requirePersonAction(action, caller, remit, administered(account, await hasFactor(stores, accountId), others));
  return account;
}

/**
 * Of each of the platform's three administrators one stays who can sign in. Ask it behind an act that is recorded already: of two at
 * once the second waits at the head of the chain, and sees what the first has done.
 * @throws Failure conflict / last-administrator
 */
export async function requireAnotherAdministrator(
  { accounts }: Pick<Stores, 'accounts'>,
  account: Account,
  at: Date,
): Promise<void> {
  if (!isPlatformRole(account.role) || personState(account) !== 'active') return;
  // Whose appointment runs out one day is nobody to rely on.
  const others = (await accounts.listAppointedAnywhere(account.role, at)).filter(
    (one) => one.accountId !== account.accountId && one.toDay === null,
  );
  const people = await accounts.findMany(others.map(({ accountId }) => accountId));
  if (!people.some((one) => personState(one) === 'active' && !one.isDemo))
    throw new Failure('conflict', `nobody else is ${account.role}`, { reason: 'last-administrator' });
}

/** Accounts as their administrator sees them, with what may be done now. */
export async function viewPeople(
  parts: PeopleParts,
  stores: PeopleStores,
  { caller, at }: Asked,
  accounts: readonly Account[],
): Promise<ManagedPersonView[]> {
  const remit = await findRemit(parts, caller);
  const accountIds = accounts.map(({ accountId }) => accountId);
  const appointments = await stores.accounts.listAppointments(accountIds);
  const facilities = await stores.facilities.findMany([...new Set(appointments.map(({ facilityId }) => facilityId))]);
  const names = new Map(facilities.map(({ facilityId, name }) => [facilityId, name]));
  const links = await stores.oneTimeLinks.listOpen(accountIds, at.toISOString());
  const holders = await stores.secondFactors.listHolders(accountIds);
  const resets = await stores.secondFactors.listResets(accountIds);
  const practitioners = await stores.practitioners.findMany(accountIds);
  return accounts.map((account) => {
    const { accountId, login, revision, isDemo } = account;
    const own = appointments.filter((one) => one.accountId === accountId);
    const seen = own.filter(({ facilityId }) => isWithin(remit, facilityId));
    const isOurs = isWithin(remit, account.facilityId);
    const hasSecondFactor = holders.has(accountId);
    const reset = resets.find((one) => one.accountId === accountId);
    const shown = isOurs ? mainOf(account) : (seen.find((one) => isInForce(one, at)) ?? seen[0] ?? mainOf(account));
    const others = own.filter((one) => !one.isMain && stateOf(one, at) !== 'ended');
    return {
      ...toPersonView(account, shown, names.get(shown.facilityId) ?? ''),
      login,
      revision,
      isDemo,
      isOurs,
      appointments: seen.map((one) => toManagedAppointment(one, names, { caller, remit, isDemo, at })),
      hasSecondFactor: isOurs ? hasSecondFactor : null,
      factorReset: isOurs && reset ? { at: reset.resetAt, reason: reset.reason } : null,
      signedInAt: isOurs ? account.signedInAt : null,
      disabledAt: isOurs ? account.disabledAt : null,
      disabledReason: (isOurs && account.disabledReason) || null,
      licence:
        isOurs && isPractising(shown)
          ? toLicenceView(
              practitioners.find((one) => one.accountId === accountId),
              at,
            )
          : null,
      state: personState(account),
      linkExpiresAt: (isOurs && links.find((one) => one.accountId === accountId)?.expiresAt) || null,
      actions: personActions(caller, remit, administered(account, hasSecondFactor, others)),
    };
  });
}

function toManagedAppointment(
  one: Appointment,
  names: ReadonlyMap<string, string>,
  { caller, remit, isDemo, at }: { caller: Caller; remit: Remit; isDemo: boolean; at: Date },
): ManagedAppointmentView {
  const { isMain, endedAt, revision } = one;
  const state = stateOf(one, at);
  const actions = appointmentActions(caller, remit, { ...one, isDemo, state });
  return { ...toAppointmentView(one, names), isMain, endedAt, revision, state, actions };
}

export async function viewPerson(
  parts: PeopleParts,
  stores: PeopleStores,
  asked: Asked,
  accountId: string,
): Promise<ManagedPersonView> {
  const account = await stores.accounts.find(accountId);
  const [view] = account ? await viewPeople(parts, stores, asked, [account]) : [];
  if (!view) throw new Failure('not-found', 'no such person');
  return view;
}
