import { accountSecurityActions, requireAccountSecurity, type SecuredAccount } from '../access/account-security.ts';
import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import { recordAct } from '../audit/record.ts';
import { type AccountSecurityAction, type AccountSecurityView, Failure } from '../contract/index.ts';
import type { LockedAttempt } from './attempt-store.ts';
import { loginKeyOf } from './origin.ts';
import type { PeopleParts, PeopleStores } from './people.ts';
import { personState } from './person.ts';
import { takeFactorOff } from './reset-factor.ts';
import type { Account } from './store.ts';

const MOST = 20;

/** Accounts that are locked now, the last one first, or those of a name. @throws Failure forbidden */
export async function listAccountSecurity(
  { work: { read } }: Pick<PeopleParts, 'work'>,
  asked: Asked,
  search: string,
): Promise<AccountSecurityView[]> {
  requirePermission(asked.caller, 'account-security:manage');
  if (search !== '') {
    const page = { search, sort: 'name', order: 'ascending', page: 1, limit: MOST } as const;
    return viewAccounts(read, asked, (await read.accounts.listPage({ ...page, facilityIds: 'all' })).accounts);
  }
  const locked = await read.attempts.listLocked(asked.at);
  const accounts = await read.accounts.findMany([...new Set(locked.map(({ accountId }) => accountId))]);
  const views = await viewAccounts(read, asked, accounts);
  return views.toSorted((one, other) => (other.lock?.since ?? '').localeCompare(one.lock?.since ?? ''));
}

/** Wrong passwords and codes count no more. @throws Failure as `requireAccountSecurity`, invalid-message / reason-missing */
export function unlockAccountOf(
  parts: PeopleParts,
  asked: Asked,
  accountId: string,
  reason: string,
): Promise<AccountSecurityView> {
  return parts.work.write(async (stores) => {
    const account = await getFor(stores, asked, { accountId, action: 'unlock', reason });
    await recordAct(stores.audit, asked, {
      action: 'account:unlock',
      subjectKind: 'account',
      subjectId: accountId,
      detail: { reason },
    });
    await stores.attempts.clearLogin(loginKeyOf(account.login));
    return viewAccount(stores, asked, account);
  });
}

/** Across the platform; the person is told. @throws Failure as `requireAccountSecurity`, invalid-message / reason-missing */
export async function resetFactorOf(
  parts: PeopleParts,
  asked: Asked,
  accountId: string,
  reason: string,
): Promise<AccountSecurityView> {
  const { view, ended } = await parts.work.write(async (stores) => {
    const account = await getFor(stores, asked, { accountId, action: 'reset-factor', reason });
    const ended = await takeFactorOff(stores, asked, { accountId, reason });
    return { view: await viewAccount(stores, asked, account), ended };
  });
  parts.tellEnded(ended, 'signed-out');
  await parts.tellFactorReset(asked, accountId);
  return view;
}

async function getFor(
  stores: PeopleStores,
  asked: Asked,
  { accountId, action, reason }: { accountId: string; action: AccountSecurityAction; reason: string },
): Promise<Account> {
  const account = await stores.accounts.find(accountId);
  const view = account && (await viewAccount(stores, asked, account));
  requireAccountSecurity(action, asked.caller, view && securedOf(view));
  if (reason === '') throw new Failure('invalid-message', 'no reason was given', { reason: 'reason-missing' });
  if (!account) throw new Error('an account without a row');
  return account;
}

const securedOf = ({ lock, ...account }: Omit<AccountSecurityView, 'actions'>): SecuredAccount => ({
  ...account,
  isLocked: lock !== null,
});

async function viewAccount(stores: PeopleStores, asked: Asked, account: Account): Promise<AccountSecurityView> {
  const [view] = await viewAccounts(stores, asked, [account]);
  if (!view) throw new Error('an account without a view');
  return view;
}

async function viewAccounts(
  { attempts, facilities, secondFactors }: Pick<PeopleStores, 'attempts' | 'facilities' | 'secondFactors'>,
  { caller, at }: Asked,
  accounts: readonly Account[],
): Promise<AccountSecurityView[]> {
  const locked = await attempts.listLocked(at);
  const holders = await secondFactors.listHolders(accounts.map(({ accountId }) => accountId));
  const named = await facilities.findMany([...new Set(accounts.map(({ facilityId }) => facilityId))]);
  const names = new Map(named.map(({ facilityId, name }) => [facilityId, name]));
  return accounts.map((account) => {
    const { accountId, login, name, role, facilityId } = account;
    const view = {
      accountId,
      login,
      name,
      role,
      facilityName: names.get(facilityId) ?? '',
      state: personState(account),
      hasSecondFactor: holders.has(accountId),
      lock: lockOf(locked.filter((one) => one.accountId === accountId)),
    };
    return { ...view, actions: accountSecurityActions(caller, securedOf(view)) };
  });
}

function lockOf(locked: readonly LockedAttempt[]): AccountSecurityView['lock'] {
  const [since, until] = [
    locked.map((one) => one.since).toSorted()[0],
    locked
      .map((one) => one.until)
      .toSorted()
      .at(-1),
  ];
  return since !== undefined && until !== undefined ? { since, until, places: locked.length } : null;
}
