import { recordAct } from '../audit/record.ts';
import {
  type FactorKind,
  type FactorProof,
  Failure,
  type FailureReason,
  type SecurityKeyRequest,
} from '../contract/index.ts';
import type { Stores, Work } from '../store/stores.ts';
import { LOCK_AFTER_ATTEMPTS, LOCK_MS } from './lockout.ts';
import { attemptKey, loginKeyOf } from './origin.ts';
import { readRecoveryCode } from './recovery-codes.ts';
import type { RelyingParty } from './relying-party.ts';
import type { ChallengePurpose } from './security-key-store.ts';
import { makeChallenge, readAssertion, requestOf, requireOpen, requireParty } from './security-keys.ts';
import type { Account } from './store.ts';
import { findTotpStep } from './totp.ts';

/** What a person's second factor is checked with. */
export interface FactorParts {
  work: Work<'accounts' | 'attempts' | 'audit' | 'policies' | 'secondFactors'>;
}

/** What a security key's answer has to belong to. */
export interface KeyPlace {
  /** Null: no browser uses keys at the address that was asked. */
  party: RelyingParty | null;
  /** The session, the sign-in between its two steps, or the browser before anybody signs in. */
  boundTo: string;
  purpose: ChallengePurpose;
}

/** A proof as it came. */
export interface ProofRequest {
  proof: FactorProof;
  at: Date;
  requestId: string;
  /** Of the browser, as its owner is shown it. */
  browser?: string | null | undefined;
  /** Left out where no key can be used: a machine has none. */
  place?: KeyPlace;
}

/** A proof that was right. It cannot be used again. */
export interface Proven {
  kind: FactorKind;
  /** After a recovery code. */
  recoveryCodesLeft: number | null;
}

export async function hasFactor(stores: Pick<Stores, 'secondFactors'>, accountId: string): Promise<boolean> {
  return (await stores.secondFactors.listHolders([accountId])).has(accountId);
}

/** With what the account can prove it now, at this address. Empty, too, where its only factor is a key of another address. */
export async function listFactorKinds(
  { secondFactors }: Pick<Stores, 'secondFactors'>,
  accountId: string,
  party: RelyingParty | null,
): Promise<FactorKind[]> {
  const keys = await secondFactors.keys.list(accountId);
  const totp = await secondFactors.findTotp(accountId);
  const kinds: FactorKind[] = [];
  if (keys.some(({ rpId }) => rpId === party?.rpId)) kinds.push('security-key');
  if (totp?.addedAt) kinds.push('totp');
  const holds = keys.length > 0 || kinds.length > 0;
  if (holds && (await secondFactors.countRecoveryCodes(accountId)) > 0) kinds.push('recovery-code');
  return kinds;
}

/** What one of the account's keys is to answer. @throws Failure conflict / security-key-address or second-factor-unknown */
export async function challengeKeys(
  { work }: FactorParts,
  accountId: string,
  { party, boundTo, purpose }: KeyPlace,
  at: Date,
): Promise<SecurityKeyRequest> {
  const here = requireParty(party);
  const challenge = makeChallenge(boundTo, purpose, at);
  const request = requestOf(here, challenge, await work.read.secondFactors.keys.list(accountId));
  if (request.allowCredentials.length === 0)
    throw new Failure('conflict', 'no key of this address', { reason: 'second-factor-unknown' });
  await work.write(async ({ secondFactors: { keys } }) => {
    await keys.deleteExpiredChallenges(at.toISOString());
    await keys.putChallenge(challenge);
  });
  return request;
}

/**
 * Takes a proof for good. Attempts are counted for the account, wherever they come from: whoever gets so far knows the password. Of passkeys alone
 * they are counted apart, so that whoever knows no password keeps nobody from the second step.
 * @throws Failure forbidden / code-wrong, code-used, recovery-code-wrong, security-key-wrong or security-key-counter, rate-limited / second-factor-locked
 */
export async function requireProof({ work }: FactorParts, account: Account, request: ProofRequest): Promise<Proven> {
  const { accountId, login } = account;
  const { at } = request;
  const isAlone = request.place?.purpose === 'alone';
  const key = attemptKey(isAlone ? 'passkey' : 'second-factor', accountId);
  const { lockedS, isLocking } = await work.write(({ attempts }) =>
    attempts.take(key, { at, loginKey: loginKeyOf(login), accountId, most: LOCK_AFTER_ATTEMPTS, lockMs: LOCK_MS }),
  );
  if (lockedS > 0)
    throw new Failure('rate-limited', 'too many wrong codes', {
      reason: 'second-factor-locked',
      retryAfterS: lockedS,
    });
  try {
    const take =
      request.proof.kind === 'security-key'
        ? await checkKey(work, account, request.proof, request)
        : (stores: Pick<Stores, 'secondFactors'>) => takeCode(stores, accountId, request.proof as CodeProof, at);
    return await work.write(async (stores) => {
      const proven = await take(stores);
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
    if (err instanceof Failure) await recordRefusal(work, account, request, { isLocking, reason: err.reason });
    throw err;
  }
}

type CodeProof = Exclude<FactorProof, { kind: 'security-key' }>;

/**
 * The challenge is used up before anything is looked at: an answer that was wrong is not tried twice. What is returned writes the counter down,
 * in the transaction that takes the proof.
 */
async function checkKey(
  work: FactorParts['work'],
  account: Account,
  { assertion }: Extract<FactorProof, { kind: 'security-key' }>,
  { at, place }: ProofRequest,
): Promise<(stores: Pick<Stores, 'secondFactors'>) => Promise<Proven>> {
  const field = 'proof.assertion';
  const taken = place
    ? await work.write(({ secondFactors }) => secondFactors.keys.takeChallenge(place.boundTo, place.purpose))
    : undefined;
  const challenge = requireOpen(taken, at, field);
  const keys = await work.read.secondFactors.keys.list(account.accountId);
  const party = requireParty(place?.party ?? null);
  const { keyId, counter } = await readAssertion(
    assertion,
    account,
    keys,
    party,
    challenge,
    place?.purpose === 'alone',
  );
  return async ({ secondFactors }) => {
    // One that goes back tells of a copy of the key (WebAuthn level 3 section 7.2, step 22).
    if (!(await secondFactors.keys.takeCounter(keyId, counter, at.toISOString())))
      throw new Failure('forbidden', 'the counter of the key has not risen', {
        reason: 'security-key-counter',
        fields: [field],
      });
    return { kind: 'security-key', recoveryCodesLeft: null };
  };
}

async function takeCode(
  { secondFactors }: Pick<Stores, 'secondFactors'>,
  accountId: string,
  proof: CodeProof,
  at: Date,
): Promise<Proven> {
  if (proof.kind === 'recovery-code') {
    if (!(await secondFactors.takeRecoveryCode(accountId, readRecoveryCode(proof.code), at.toISOString())))
      throw new Failure('forbidden', 'no such recovery code', {
        reason: 'recovery-code-wrong',
        fields: ['proof.code'],
      });
    return { kind: 'recovery-code', recoveryCodesLeft: await secondFactors.countRecoveryCodes(accountId) };
  }
  const totp = await secondFactors.findTotp(accountId);
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
  { proof, at, requestId, browser, place }: ProofRequest,
  { isLocking, reason }: { isLocking: boolean; reason: FailureReason | undefined },
): Promise<void> {
  const subject = { subjectKind: 'account', subjectId: accountId } as const;
  await work.write(async (stores) => {
    if (isLocking && place?.purpose !== 'alone') await stores.secondFactors.deletePendingOf(accountId);
    const refused = { caller: null, requestId, at };
    const refusal = place?.purpose === 'alone' ? 'session:refuse-passkey' : 'second-factor:refuse';
    const action = isLocking ? 'second-factor:lock' : refusal;
    const detail = { kind: proof.kind, ...(browser ? { browser } : {}) };
    await recordAct(stores.audit, refused, { action, ...subject, detail });
    if (reason === 'security-key-counter')
      await recordAct(stores.audit, refused, { action: 'security-key:copied', ...subject });
  });
}
