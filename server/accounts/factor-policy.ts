import type { Asked } from '../access/asked.ts';
import { Failure, type Role } from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';
import { findPolicy } from '../policies/policy.ts';
import type { Stores } from '../store/stores.ts';
import { rolesInForce } from './appointment.ts';
import { hasFactor } from './factor-proof.ts';
import type { Account, Session } from './store.ts';

type PolicyStores = Pick<Stores, 'policies' | 'secondFactors'>;

/** `roles`: of all appointments in force, whichever the person acts in: one may be switched to at any time. */
type FactorHolder = Pick<Account, 'accountId' | 'isDemo'> & { roles: readonly Role[] };

/** From which day on the platform requires a second factor of the person; null: it does not. */
async function findRequiredDay(
  stores: PolicyStores,
  { roles, isDemo }: Pick<FactorHolder, 'roles' | 'isDemo'>,
): Promise<string | null> {
  if (isDemo) return null;
  const { required } = (await findPolicy(stores, 'second-factor')).value;
  const days = required.filter(({ role }) => roles.includes(role)).map(({ fromDay }) => fromDay);
  return days.toSorted()[0] ?? null;
}

/** As {@link findRequiredDay}, where the person has none; null: nothing is asked of them. */
export async function findFactorDue(stores: PolicyStores, account: FactorHolder): Promise<string | null> {
  const fromDay = await findRequiredDay(stores, account);
  return fromDay === null || (await hasFactor(stores, account.accountId)) ? null : fromDay;
}

/**
 * Whether a passkey opens a session by itself: for whoever must have two factors. One that has verified its owner is two, what they have
 * and what they know or are (NIST SP 800-63B-4 section 2.2.1; GB/T 22239-2019 section 8.1.4.1 d asks for two, one of them cryptographic).
 */
export const maySignInAlone = mustHaveFactor;

/** Whether any role may, today. */
export async function someSignInAlone(stores: Pick<Stores, 'policies'>, at: Date): Promise<boolean> {
  const { required } = (await findPolicy(stores, 'second-factor')).value;
  return required.some(({ fromDay }) => chinaDate(at) >= fromDay);
}

/** Whether the person must have a second factor now: then the last one cannot be taken off. */
export async function mustHaveFactor(
  stores: Pick<Stores, 'accounts' | 'policies' | 'secondFactors'>,
  { accountId, isDemo }: Pick<Account, 'accountId' | 'isDemo'>,
  at: Date,
): Promise<boolean> {
  const roles = rolesInForce(await stores.accounts.listAppointments([accountId]), at);
  const fromDay = await findRequiredDay(stores, { roles, isDemo });
  return fromDay !== null && chinaDate(at) >= fromDay;
}

/**
 * Whether a session is good for nothing but setting one up. Sessions that were opened before the day go on until they end: nobody
 * is put out of a consultation at midnight.
 */
export async function mustSetUpFactor(
  stores: PolicyStores,
  account: FactorHolder,
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

/** So long a factor counts as just shown, for whoever confirms as the second of two. */
const CONFIRMING_MS = 5 * 60_000;

/**
 * Confirming what another has proposed asks whoever has a second factor to have just shown it: a window that was left open is no second
 * person. @throws Failure conflict / second-factor-stale
 */
export async function requireJustShown(
  stores: Pick<Stores, 'accounts' | 'secondFactors'>,
  { caller, at }: Asked,
): Promise<void> {
  if (!(await hasFactor(stores, caller.accountId))) return;
  const { factorAt } = await stores.accounts.getSession(caller.sessionId);
  if (factorAt === null || at.getTime() - Date.parse(factorAt) > CONFIRMING_MS)
    throw new Failure('conflict', 'the second factor was shown too long ago', { reason: 'second-factor-stale' });
}
