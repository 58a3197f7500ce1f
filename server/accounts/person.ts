import type { PersonState, PersonView } from '../contract/index.ts';
import { Failure } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import type { Account } from './store.ts';

export function toPersonView(account: Account, facilityName: string): PersonView {
  const { accountId, name, title, role, specialty, facilityId } = account;
  return { accountId, name, title, role, specialty, facilityId, facilityName };
}

/** Disabled is disabled, whether or not there ever was a password. */
export function personState({ isActive, passwordHash }: Pick<Account, 'isActive' | 'passwordHash'>): PersonState {
  if (!isActive) return 'disabled';
  return passwordHash === null ? 'invited' : 'active';
}

/** People by account id, for views that name many. Unknown ids, and accounts that are not to be kept, are left out. */
export async function findPeople(
  stores: Pick<Stores, 'accounts' | 'facilities'>,
  accountIds: Iterable<string>,
  isKept: (account: Account) => boolean = () => true,
): Promise<Map<string, PersonView>> {
  const accounts = (await stores.accounts.findMany([...new Set(accountIds)])).filter(isKept);
  const facilities = await stores.facilities.findMany([...new Set(accounts.map((account) => account.facilityId))]);
  const names = new Map(facilities.map((facility) => [facility.facilityId, facility.name]));
  return new Map(
    accounts.map((account) => [account.accountId, toPersonView(account, names.get(account.facilityId) ?? '')]),
  );
}

/** @throws Failure not-found */
export async function getPerson(
  stores: Pick<Stores, 'accounts' | 'facilities'>,
  accountId: string,
): Promise<PersonView> {
  const person = (await findPeople(stores, [accountId])).get(accountId);
  if (!person) throw new Failure('not-found', 'no such account');
  return person;
}
