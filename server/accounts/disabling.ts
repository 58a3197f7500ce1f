import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { Failure, type ManagedPersonView } from '../contract/index.ts';
import {
  getAccountFor,
  type PeopleParts,
  type PeopleStores,
  requireAnotherAdministrator,
  viewPerson,
} from './people.ts';
import { requireNoSecond } from './platform-role.ts';
import type { Account } from './store.ts';

/**
 * Closes an account: sessions, tokens, windows, calls and links end with it.
 * @throws Failure invalid-message / reason-missing, conflict / last-administrator
 */
export async function disablePerson(
  parts: PeopleParts,
  asked: Asked,
  accountId: string,
  reason: string,
): Promise<ManagedPersonView> {
  const { person, ended } = await parts.work.write(async (stores) => {
    const account = await getAccountFor(parts, stores, asked, accountId, 'disable');
    if (reason === '') throw new Failure('invalid-message', 'no reason was given', { reason: 'reason-missing' });
    await recordAct(stores.audit, asked, {
      action: 'account:disable',
      subjectKind: 'account',
      subjectId: accountId,
      detail: { reason },
    });
    await requireAnotherAdministrator(stores, account, asked.at);
    const ended = await closeAccount(stores, account, { reason, at: asked.at });
    return { person: await viewPerson(parts, stores, asked, accountId), ended };
  });
  parts.tellEnded(ended, 'disabled');
  return person;
}

/** @returns the sessions that this ended. */
export async function closeAccount(
  stores: Pick<PeopleStores, 'accounts' | 'oneTimeLinks'>,
  { accountId }: Pick<Account, 'accountId'>,
  { reason, at }: { reason: string | null; at: Date },
): Promise<string[]> {
  await stores.accounts.setActive(accountId, {
    isActive: false,
    disabledAt: at.toISOString(),
    disabledReason: reason,
  });
  await stores.oneTimeLinks.withdraw(accountId, at.toISOString());
  return stores.accounts.deleteSessions(accountId);
}

export async function reactivatePerson(
  parts: PeopleParts,
  asked: Asked,
  accountId: string,
): Promise<ManagedPersonView> {
  return parts.work.write(async (stores) => {
    const { role } = await getAccountFor(parts, stores, asked, accountId, 'reactivate');
    // Bringing an office back is giving it.
    await requireNoSecond(stores, asked, { accountId, from: null, to: role });
    await stores.accounts.setActive(accountId, { isActive: true, disabledAt: null, disabledReason: null });
    await recordAct(stores.audit, asked, {
      action: 'account:reactivate',
      subjectKind: 'account',
      subjectId: accountId,
    });
    return viewPerson(parts, stores, asked, accountId);
  });
}
