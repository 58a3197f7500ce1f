import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { closeAccount } from '../accounts/disabling.ts';
import type { Account } from '../accounts/store.ts';
import { recordAct } from '../audit/record.ts';
import { Failure } from '../contract/index.ts';
import type { Stores, Work } from '../store/stores.ts';
import { demoPeople } from './people.ts';

/** The accounts of the demo network that nobody has ended yet. */
export async function listLiveDemoAccounts(stores: Pick<Stores, 'accounts'>): Promise<Account[]> {
  const accounts = await stores.accounts.findByLogins(demoPeople.map(({ login }) => login));
  return accounts.filter((account) => account.isDemo && account.isActive);
}

/** Whether this administrator may end the demonstration: theirs is no account that anybody could use. */
export async function mayEndDemonstration(
  stores: Pick<Stores, 'accounts'>,
  { role }: Pick<Caller, 'role'>,
  account: Pick<Account, 'isDemo'>,
): Promise<boolean> {
  return role === 'admin' && !account.isDemo && (await listLiveDemoAccounts(stores)).length > 0;
}

/**
 * Closes every account of the demo network for good: without a password, and kept from what administrators may do, none is ever opened
 * again, whatever DEMO says. What they did, and what they signed, stays as it is.
 * @returns the sessions that this ended. @throws Failure forbidden
 */
export async function endDemonstration(
  work: Work<'accounts' | 'audit' | 'oneTimeLinks'>,
  asked: Asked,
): Promise<string[]> {
  const { caller, at } = asked;
  return work.write(async (stores) => {
    const own = await stores.accounts.find(caller.accountId);
    if (caller.role !== 'admin' || !own || own.isDemo)
      throw new Failure('forbidden', 'only an administrator whose account is real ends the demonstration');
    const accounts = await listLiveDemoAccounts(stores);
    await recordAct(stores.audit, asked, {
      action: 'demo:end',
      subjectKind: 'network',
      subjectId: 'demo',
      detail: { accounts: accounts.length },
    });
    const ended: string[] = [];
    for (const account of accounts) {
      ended.push(...(await closeAccount(stores, account, { reason: null, at })));
      await stores.accounts.setPassword(account.accountId, null);
      await stores.accounts.retireSigningKey(account.accountId, at.toISOString());
    }
    return ended;
  });
}
