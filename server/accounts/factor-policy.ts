import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import { recordAct } from '../audit/record.ts';
import { type FactorPolicyInput, type FactorPolicyView, Failure } from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';
import type { Stores, Work } from '../store/stores.ts';
import { hasFactor } from './factor-proof.ts';
import type { Account, Session } from './store.ts';

type PolicyStores = Pick<Stores, 'secondFactors'>;

/** As long as nobody has set one. */
export const NO_POLICY: FactorPolicyView = { version: 0, required: [], signingMinutes: null };

export async function readFactorPolicy(
  { work }: { work: Work<'secondFactors'> },
  { caller }: Asked,
): Promise<FactorPolicyView> {
  requirePermission(caller, 'factor-policy:manage');
  return (await work.read.secondFactors.findPolicy()) ?? NO_POLICY;
}

/** @throws Failure forbidden, conflict / version-outdated */
export async function saveFactorPolicy(
  { work }: { work: Work<'audit' | 'secondFactors'> },
  asked: Asked,
  input: FactorPolicyInput,
): Promise<FactorPolicyView> {
  requirePermission(asked.caller, 'factor-policy:manage');
  const next = { ...input, version: input.version + 1 };
  await work.write(async ({ audit, secondFactors }) => {
    // First: of two who save at once the second waits here, and finds another version.
    await recordAct(audit, asked, {
      action: 'factor-policy:save',
      subjectKind: 'network',
      subjectId: 'factor-policy',
      detail: { required: input.required, signingMinutes: input.signingMinutes },
    });
    const { version } = (await secondFactors.findPolicy()) ?? NO_POLICY;
    if (version !== input.version)
      throw new Failure('conflict', `made on version ${input.version}, stored is ${version}`, {
        reason: 'version-outdated',
      });
    await secondFactors.putPolicy(next);
  });
  return next;
}

/** From which day on the platform requires a second factor of the person; null: it does not. */
async function findRequiredDay(
  { secondFactors }: PolicyStores,
  { role, isDemo }: Pick<Account, 'role' | 'isDemo'>,
): Promise<string | null> {
  if (isDemo) return null;
  return (await secondFactors.findPolicy())?.required.find((one) => one.role === role)?.fromDay ?? null;
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
  stores: Pick<Stores, 'accounts' | 'secondFactors'>,
  { caller, at }: Asked,
): Promise<void> {
  const minutes = (await stores.secondFactors.findPolicy())?.signingMinutes ?? null;
  const account = minutes === null ? undefined : await stores.accounts.find(caller.accountId);
  if (minutes === null || account?.isDemo) return;
  if (!(await hasFactor(stores, caller.accountId)))
    throw new Failure('conflict', 'signing asks for a second factor', { reason: 'second-factor-missing' });
  const { factorAt } = await stores.accounts.getSession(caller.sessionId);
  if (factorAt === null || at.getTime() - Date.parse(factorAt) > minutes * 60_000)
    throw new Failure('conflict', 'the second factor was shown too long ago', { reason: 'second-factor-stale' });
}
