import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { type Administered, personActions, type Remit, remitOf, requirePersonAction } from '../access/people.ts';
import { isPlatformRole } from '../access/platform-roles.ts';
import { Failure, type ManagedPersonView, type PeopleChoices, type PersonAction } from '../contract/index.ts';
import { isPractising, toLicenceView } from '../licences/licence.ts';
import type { Stores, Work } from '../store/stores.ts';
import { hasFactor } from './factor-proof.ts';
import { personState, toPersonView } from './person.ts';
import type { SessionEnd } from './sessions.ts';
import type { Account } from './store.ts';

type Named =
  | 'accounts'
  | 'attempts'
  | 'audit'
  | 'facilities'
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
}

export async function findRemit({ work }: Pick<PeopleParts, 'work'>, caller: Caller): Promise<Remit> {
  return remitOf(caller, await work.read.facilities.listNodes());
}

/** What the rules need to know of an account. */
export function administered(account: Account, hasSecondFactor: boolean): Administered {
  const { accountId, role, facilityId, isDemo } = account;
  return { accountId, role, facilityId, isDemo, state: personState(account), hasSecondFactor };
}

/** The account, for this act. @throws as `requirePersonAction`; not-found where there is none */
export async function getAccountFor(
  parts: PeopleParts,
  stores: PeopleStores,
  { caller }: Asked,
  accountId: string,
  action: PersonAction,
): Promise<Account> {
  const account = await stores.accounts.find(accountId);
  if (!account) throw new Failure('not-found', 'no such person');
  const remit = await findRemit(parts, caller);
  requirePersonAction(action, caller, remit, administered(account, await hasFactor(stores, accountId)));
  return account;
}

/**
 * Of each of the platform's three administrators one stays who can sign in. Ask it behind an act that is recorded already: of two at
 * once the second waits at the head of the chain, and sees what the first has done.
 * @throws Failure conflict / last-administrator
 */
export async function requireAnotherAdministrator(stores: Pick<Stores, 'accounts'>, account: Account): Promise<void> {
  if (!isPlatformRole(account.role) || personState(account) !== 'active') return;
  const others = (await stores.accounts.listAllByRole(account.role)).filter(
    (one) => one.accountId !== account.accountId && personState(one) === 'active' && !one.isDemo,
  );
  if (others.length === 0)
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
  const facilities = await stores.facilities.findMany([...new Set(accounts.map(({ facilityId }) => facilityId))]);
  const accountIds = accounts.map(({ accountId }) => accountId);
  const links = await stores.oneTimeLinks.listOpen(accountIds, at.toISOString());
  const holders = await stores.secondFactors.listHolders(accountIds);
  const resets = await stores.secondFactors.listResets(accountIds);
  const practitioners = await stores.practitioners.findMany(accountIds);
  return accounts.map((account) => {
    const facility = facilities.find(({ facilityId }) => facilityId === account.facilityId);
    const { login, revision, signedInAt, disabledAt, disabledReason, isDemo } = account;
    const hasSecondFactor = holders.has(account.accountId);
    const reset = resets.find(({ accountId }) => accountId === account.accountId);
    return {
      ...toPersonView(account, facility?.name ?? ''),
      login,
      revision,
      isDemo,
      hasSecondFactor,
      licence: isPractising(account)
        ? toLicenceView(
            practitioners.find(({ accountId }) => accountId === account.accountId),
            at,
          )
        : null,
      factorReset: reset ? { at: reset.resetAt, reason: reset.reason } : null,
      signedInAt,
      disabledAt,
      disabledReason: disabledReason || null,
      state: personState(account),
      linkExpiresAt: links.find(({ accountId }) => accountId === account.accountId)?.expiresAt ?? null,
      actions: personActions(caller, remit, administered(account, hasSecondFactor)),
    };
  });
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
