import { maySignIn } from '../access/may.ts';
import { recordAct } from '../audit/record.ts';
import { Failure, type SignInInput } from '../contract/index.ts';
import { createRateLimit } from '../runtime/rate-limit.ts';
import type { Stores, Work } from '../stores.ts';
import { LOCK_AFTER_FAILURES, LOCK_MS, lockLeftS } from './lockout.ts';
import { isPasswordRight } from './password.ts';
import type { Account } from './store.ts';

export interface SignInParts {
  work: Work;
  clock: () => Date;
  /** Whether the demo network's accounts may be used. */
  isDemo: boolean;
}

/**
 * Checks name and password.
 * @param address where the attempt comes from, for the rate limit.
 * @throws Failure unauthenticated/wrong-password, rate-limited/account-locked with the seconds to wait.
 */
export type SignIn = (input: SignInInput, address: string, requestId: string) => Promise<Account>;

export function createSignIn({ work, clock, isDemo }: SignInParts): SignIn {
  const perAddress = createRateLimit({ burst: 40, perMinute: 40, now: () => clock().getTime() });
  // Names that do not exist lock in the same way, so that a lock does not tell which ones do.
  const unknownNames = createRateLimit({
    burst: LOCK_AFTER_FAILURES - 1,
    perMinute: (60_000 / LOCK_MS) * LOCK_AFTER_FAILURES,
    now: () => clock().getTime(),
  });

  return async (input, address, requestId) => {
    perAddress.take(address);
    const found = await work.read.accounts.findByLogin(input.account);
    // Who may not sign in here is answered as if there were no such account.
    const account = found && maySignIn(found, { isDemo }) ? found : undefined;
    if (account) refuseWhileLocked(account, clock());
    const isRight = await isPasswordRight(account?.passwordHash, input.password);
    if (account && isRight) {
      if (account.failedAttempts > 0) await work.write((stores) => stores.accounts.setLock(account.accountId, 0, null));
      return account;
    }
    if (account) await work.write((stores) => countFailure(stores, account, clock(), requestId));
    else countUnknown(input.account);
    throw new Failure('unauthenticated', 'wrong account or password', { reason: 'wrong-password' });
  };

  function countUnknown(login: string): void {
    try {
      unknownNames.take(login);
    } catch (cause) {
      throw locked(Math.ceil(LOCK_MS / 1000), cause);
    }
  }
}

function refuseWhileLocked(account: Account, now: Date): void {
  const leftS = lockLeftS(account.lockedUntil, now);
  if (leftS > 0) throw locked(leftS);
}

function locked(retryAfterS: number, cause?: unknown): Failure {
  return new Failure('rate-limited', 'the account is locked', { reason: 'account-locked', retryAfterS, cause });
}

async function countFailure(stores: Stores, account: Account, now: Date, requestId: string): Promise<void> {
  const failures = await stores.accounts.countFailure(account.accountId);
  const isLocking = failures >= LOCK_AFTER_FAILURES;
  if (isLocking) await stores.accounts.setLock(account.accountId, 0, new Date(now.getTime() + LOCK_MS).toISOString());
  await recordAct(
    stores.audit,
    { caller: null, requestId, at: now },
    { action: isLocking ? 'account:lock' : 'session:refuse', subjectKind: 'account', subjectId: account.accountId },
  );
}
