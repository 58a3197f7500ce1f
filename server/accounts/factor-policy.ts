import type { Asked } from '../access/asked.ts';
import { Failure } from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';
import { findPolicy } from '../policies/policy.ts';
import type { Stores } from '../store/stores.ts';
import { hasFactor } from './factor-proof.ts';
import type { Account, Session } from './store.ts';

type PolicyStores = Pick<Stores, 'policies' | 'secondFactors'>;

/** From which day on the platform requires a second factor of the person; null: it does not. */
async function findRequiredDay(
  stores: PolicyStores,
  { role, isDemo }: Pick<Account, 'role' | 'isDemo'>,
): Promise<string | null> {
  if (isDemo) return null;
  const { required } = (await findPolicy(stores, 'second-factor')).value;
  return required.find((one) => one.role === role)?.fromDay ?? null;
}

/** As {@link findRequiredDay}, where the person has none; null: nothing is asked of them. */
export async function findFactorDue(
  stores: PolicyStores,
  account: Pick<Account, 'accountId' | 'role' | 'isDemo'>,
): Promise<string | null> {
  const fromDay = await findRequiredDay(stores, account);
  return fromDay === null || (await hasFactor(stores, account.accountId)) ? null : fromDay;
}

/** Whether the person must have a second factor now: then the last one cannot be taken off. */
export async function mustHaveFactor(
  stores: PolicyStores,
  account: Pick<Account, 'role' | 'isDemo'>,
  at: Date,
): Promise<boolean> {
  const fromDay = await findRequiredDay(stores, account);
  return fromDay !== null && chinaDate(at) >= fromDay;
}

/**
 * Whether a session is good for nothing but setting one up. Sessions that were opened before the day go on until they end: nobody
 * is put out of a consultation at midnight.
 */
export async function mustSetUpFactor(
  stores: PolicyStores,
  account: Pick<Account, 'accountId' | 'role' | 'isDemo'>,
  { openedAt }: Pick<Session, 'openedAt'>,
): Promise<boolean> {
  const fromDay = await findFactorDue(stores, account);
  return fromDay !== null && chinaDate(new Date(openedAt)) >= fromDay;
}

/**
 * Signing asks that the second factor was shown in this session a short while ago, where the policy says so.
 * @throws Failure conflict / second-factor-missing or second-factor-stale
 */
export async function requireFreshFactor(
  stores: Pick<Stores, 'accounts' | 'policies' | 'secondFactors'>,
  { caller, at }: Asked,
): Promise<void> {
  const minutes = (await findPolicy(stores, 'second-factor')).value.signingMinutes;
  const account = minutes === null ? undefined : await stores.accounts.find(caller.accountId);
  if (minutes === null || account?.isDemo) return;
  if (!(await hasFactor(stores, caller.accountId)))
    throw new Failure('conflict', 'signing asks for a second factor', { reason: 'second-factor-missing' });
  const { factorAt } = await stores.accounts.getSession(caller.sessionId);
  if (factorAt === null || at.getTime() - Date.parse(factorAt) > minutes * 60_000)
    throw new Failure('conflict', 'the second factor was shown too long ago', { reason: 'second-factor-stale' });
}
