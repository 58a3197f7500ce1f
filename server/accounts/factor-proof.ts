import { recordAct } from '../audit/record.ts';
import { type FactorKind, type FactorProof, Failure } from '../contract/index.ts';
import type { Stores, Work } from '../store/stores.ts';
import { LOCK_AFTER_ATTEMPTS, LOCK_MS } from './lockout.ts';
import { attemptKey, loginKeyOf } from './origin.ts';
import { readRecoveryCode } from './recovery-codes.ts';
import type { Account } from './store.ts';
import { findTotpStep } from './totp.ts';

/** What a person's second factor is checked with. */
export interface FactorParts {
  work: Work<'accounts' | 'attempts' | 'audit' | 'secondFactors'>;
}

/** A proof as it came. */
export interface ProofRequest {
  proof: FactorProof;
  at: Date;
  requestId: string;
  /** Of the browser, as its owner is shown it. */
  browser?: string | null | undefined;
}

/** A proof that was right. It cannot be used again. */
export interface Proven {
  kind: FactorKind;
  /** After a recovery code. */
  recoveryCodesLeft: number | null;
}

/** With what the account can prove it now; empty: it has no second factor. */
export async function listFactorKinds(stores: Pick<Stores, 'secondFactors'>, accountId: string): Promise<FactorKind[]> {
  if (!(await stores.secondFactors.listHolders([accountId])).has(accountId)) return [];
  const kinds: FactorKind[] = ['totp'];
  if ((await stores.secondFactors.countRecoveryCodes(accountId)) > 0) kinds.push('recovery-code');
  return kinds;
}

/**
 * Takes a proof for good. Attempts are counted for the account, wherever they come from: whoever gets so far knows the password.
 * @throws Failure forbidden / code-wrong, code-used or recovery-code-wrong, rate-limited / second-factor-locked
 */
export async function requireProof({ work }: FactorParts, account: Account, request: ProofRequest): Promise<Proven> {
  const { accountId, login } = account;
  const { at } = request;
  const key = attemptKey('second-factor', accountId);
  const { lockedS, isLocking } = await work.write(({ attempts }) =>
    attempts.take(key, { at, loginKey: loginKeyOf(login), most: LOCK_AFTER_ATTEMPTS, lockMs: LOCK_MS }),
  );
  if (lockedS > 0)
    throw new Failure('rate-limited', 'too many wrong codes', {
      reason: 'second-factor-locked',
      retryAfterS: lockedS,
    });
  try {
    return await work.write(async (stores) => {
      const proven = await takeProof(stores, accountId, request);
      await stores.attempts.clear([key]);
      if (proven.kind === 'recovery-code')
        await recordAct(
          stores.audit,
          { caller: account, requestId: request.requestId, at },
          {
            action: 'recovery-code:use',
            subjectKind: 'account',
            subjectId: accountId,
            detail: { left: proven.recoveryCodesLeft },
          },
        );
      return proven;
    });
  } catch (err) {
    if (err instanceof Failure) await recordRefusal(work, account, request, isLocking);
    throw err;
  }
}

async function takeProof(
  { secondFactors }: Pick<Stores, 'secondFactors'>,
  accountId: string,
  { proof, at }: ProofRequest,
): Promise<Proven> {
  const totp = await secondFactors.findTotp(accountId);
  if (proof.kind === 'recovery-code') {
    if (
      !totp?.addedAt ||
      !(await secondFactors.takeRecoveryCode(accountId, readRecoveryCode(proof.code), at.toISOString()))
    )
      throw new Failure('forbidden', 'no such recovery code', {
        reason: 'recovery-code-wrong',
        fields: ['proof.code'],
      });
    return { kind: 'recovery-code', recoveryCodesLeft: await secondFactors.countRecoveryCodes(accountId) };
  }
  const step = totp?.addedAt ? findTotpStep(totp.secret, proof.code, at) : undefined;
  if (step === undefined) throw wrongCode('proof.code');
  if (!(await secondFactors.takeStep(accountId, step)))
    throw new Failure('forbidden', 'the code was used', { reason: 'code-used', fields: ['proof.code'] });
  return { kind: 'totp', recoveryCodesLeft: null };
}

export function wrongCode(field: string): Failure {
  return new Failure('forbidden', 'the code is wrong', { reason: 'code-wrong', fields: [field] });
}

/** The last attempt that is allowed locks the second step; whoever was in it begins anew. */
async function recordRefusal(
  work: FactorParts['work'],
  { accountId }: Account,
  { proof, at, requestId, browser }: ProofRequest,
  isLocking: boolean,
): Promise<void> {
  await work.write(async (stores) => {
    if (isLocking) await stores.secondFactors.deletePendingOf(accountId);
    await recordAct(
      stores.audit,
      { caller: null, requestId, at },
      {
        action: isLocking ? 'second-factor:lock' : 'second-factor:refuse',
        subjectKind: 'account',
        subjectId: accountId,
        detail: { kind: proof.kind, ...(browser ? { browser } : {}) },
      },
    );
  });
}
