import { maySignIn } from '../access/may.ts';
import { recordAct } from '../audit/record.ts';
import { type FactorKind, Failure, type SignInInput } from '../contract/index.ts';
import { findPolicy } from '../policies/policy.ts';
import { createRateLimit } from '../runtime/rate-limit.ts';
import type { Work } from '../store/stores.ts';
import { hasFactor, type ProofRequest, requireProof } from './factor-proof.ts';
import { KNOWN_MS, LOCK_AFTER_STRANGERS, LOCK_MS } from './lockout.ts';
import { attemptKey, loginKeyOf, normalizeLogin, type Origin, sourceOf } from './origin.ts';
import { isPasswordRight } from './password.ts';
import type { Account } from './store.ts';

export interface SignInParts {
  work: Work<'accounts' | 'attempts' | 'audit' | 'policies' | 'secondFactors'>;
  clock: () => Date;
  /** Accounts that this server takes for none. */
  isBarred: (account: Account) => boolean;
}

export interface SignedIn {
  account: Account;
  /** What proved the second factor, in the same request. */
  factor: FactorKind | null;
  /** The password was right, and the account has a second factor that is still to be shown. */
  isPending: boolean;
}

/**
 * Checks name and password, and the code where one came along. Names that there are not are answered as those that there are, in the same time: what is counted and
 * locked is a name together with where it is tried from, so that a stranger's guesses lock out the stranger. `lockout.ts` has the numbers.
 * @throws Failure unauthenticated/wrong-password, rate-limited/account-locked with the seconds to wait; as `requireProof`.
 */
export type SignIn = (input: SignInInput, origin: Origin, requestId: string) => Promise<SignedIn>;

export function createSignIn({ work, clock, isBarred }: SignInParts): SignIn {
  const perAddress = createRateLimit({ burst: 40, perMinute: 40, now: () => clock().getTime() });

  return async (input, origin, requestId) => {
    const source = sourceOf(origin.address);
    perAddress.take(source);
    const at = clock();
    const login = normalizeLogin(input.account);
    const keys = {
      source: attemptKey('source', login, source),
      device: origin.device === undefined ? undefined : attemptKey('device', login, origin.device),
      anywhere: attemptKey('anywhere', login),
      login: loginKeyOf(login),
    };
    const found = await work.read.accounts.findByLogin(login);
    // Who may not sign in here is answered as if there were no such account.
    const account = found && maySignIn(found, { isBarred }) ? found : undefined;

    const taken = await takeAttempt(work, { ...keys, accountId: account?.accountId ?? null }, at);
    // Checked in any case: a lock, too, takes as long to answer as a password.
    const isRight = await isPasswordRight(taken.lockedS > 0 ? undefined : account?.passwordHash, input.password);
    if (taken.lockedS > 0)
      throw new Failure('rate-limited', 'too many attempts', { reason: 'account-locked', retryAfterS: taken.lockedS });
    if (account && isRight) {
      await work.write(async ({ attempts }) => {
        await attempts.clear(taken.keys);
        for (const key of [keys.source, keys.device])
          if (key !== undefined) await attempts.remember(key, at.toISOString());
      });
      return checkFactor(work, account, input.otp, { at, requestId, browser: origin.browser });
    }
    await work.write((stores) =>
      recordAct(
        stores.audit,
        { caller: null, requestId, at },
        {
          action: taken.isLocking ? 'account:lock' : 'session:refuse',
          subjectKind: 'account',
          subjectId: account?.accountId ?? 'unknown',
          ...(origin.browser ? { detail: { browser: origin.browser } } : {}),
        },
      ),
    );
    throw new Failure('unauthenticated', 'wrong account or password', { reason: 'wrong-password' });
  };
}

/** @throws Failure invalid-message where a code came that nobody can check: it must not look as if it had been. */
async function checkFactor(
  work: SignInParts['work'],
  account: Account,
  otp: string | undefined,
  from: Omit<ProofRequest, 'proof'>,
): Promise<SignedIn> {
  const isHolder = await hasFactor(work.read, account.accountId);
  if (otp === undefined) return { account, factor: null, isPending: isHolder };
  if (!isHolder) throw new Failure('invalid-message', 'no second factor is set up', { fields: ['otp'] });
  const { kind } = await requireProof({ work }, account, { ...from, proof: { kind: 'totp', code: otp } });
  return { account, factor: kind, isPending: false };
}

/** Counts the attempt where it belongs: at the device or the source, and for strangers at the name as well. */
async function takeAttempt(
  work: Work<'attempts' | 'policies'>,
  keys: { source: string; device: string | undefined; anywhere: string; login: string; accountId: string | null },
  at: Date,
): Promise<{ lockedS: number; isLocking: boolean; keys: string[] }> {
  const since = new Date(at.getTime() - KNOWN_MS).toISOString();
  const most = (await findPolicy(work.read, 'passwords')).value.attempts;
  return work.write(async ({ attempts }) => {
    const isKnownDevice = keys.device !== undefined && (await attempts.isKnown(keys.device, since));
    const isKnownSource = await attempts.isKnown(keys.source, since);
    const own = isKnownDevice && keys.device !== undefined ? keys.device : keys.source;
    const rule = { at, loginKey: keys.login, accountId: keys.accountId, lockMs: LOCK_MS };
    const here = await attempts.take(own, { ...rule, most });
    if (isKnownDevice || isKnownSource) return { ...here, keys: [own] };
    const all = await attempts.take(keys.anywhere, { ...rule, most: LOCK_AFTER_STRANGERS });
    return {
      lockedS: Math.max(here.lockedS, all.lockedS),
      isLocking: here.isLocking || all.isLocking,
      keys: [own, keys.anywhere],
    };
  });
}
