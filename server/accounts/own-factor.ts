import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import {
  type FactorProof,
  Failure,
  type OwnPasswordInput,
  type ProvenInput,
  type RecoveryCodes,
  type SecondFactorView,
  type TotpSetup,
} from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import { type FactorParts, requireProof, wrongCode } from './factor-proof.ts';
import { requireOwnPassword } from './own-password.ts';
import { makeRecoveryCodes, toPrinted } from './recovery-codes.ts';
import type { SessionEnd } from './sessions.ts';
import type { Account } from './store.ts';
import { findTotpStep, makeTotpSecret, totpAddress } from './totp.ts';

export interface OwnFactorParts extends FactorParts {
  /** These sessions are over, and it is committed. */
  tellEnded(sessionIds: string[], why: SessionEnd): void;
}

/** What the caller has set up beside the password. */
export async function readSecondFactor({ work }: FactorParts, { caller }: Asked): Promise<SecondFactorView> {
  const { accountId } = caller;
  const totp = await work.read.secondFactors.findTotp(accountId);
  return {
    totpAddedAt: totp?.addedAt ?? null,
    recoveryCodesLeft: await work.read.secondFactors.countRecoveryCodes(accountId),
    isPossible: !(await getOwn(work.read, caller)).isDemo,
  };
}

async function getOwn(stores: Pick<Stores, 'accounts'>, { accountId }: { accountId: string }): Promise<Account> {
  const account = await stores.accounts.find(accountId);
  if (!account) throw new Error('a session without an account');
  return account;
}

/** @throws Failure forbidden / demo-account or own-password, rate-limited */
async function getOwnByPassword({ work }: FactorParts, { caller, at }: Asked, password: string): Promise<Account> {
  const account = await getOwn(work.read, caller);
  if (account.isDemo) throw new Failure('forbidden', 'a demo account has no second factor', { reason: 'demo-account' });
  await requireOwnPassword(work, account, { typed: password, at, reason: 'own-password', field: 'password' });
  return account;
}

/**
 * A new secret for an authenticator app, told this once.
 * @throws Failure as `requireOwnPassword`, conflict / state-not-allowed where an app was added already
 */
export async function beginTotp(parts: FactorParts, asked: Asked, { password }: OwnPasswordInput): Promise<TotpSetup> {
  const { accountId, login } = await getOwnByPassword(parts, asked, password);
  const secret = makeTotpSecret();
  await parts.work.write(async (stores) => {
    await recordAct(stores.audit, asked, { action: 'totp:begin', subjectKind: 'account', subjectId: accountId });
    const present = await stores.secondFactors.findTotp(accountId);
    if (present?.addedAt) throw new Failure('conflict', 'an app was added already', { reason: 'version-outdated' });
    await stores.secondFactors.putTotp({ accountId, secret, lastStep: 0, addedAt: null });
  });
  return { secret, address: totpAddress(secret, login) };
}

/**
 * The first code of the app, which shows that it was set up rightly. All other sessions end: they were opened with the password alone.
 * @throws Failure forbidden / code-wrong
 */
export async function confirmTotp(parts: OwnFactorParts, asked: Asked, code: string): Promise<RecoveryCodes> {
  const { accountId, sessionId } = asked.caller;
  const { ended, recoveryCodes } = await parts.work.write(async (stores) => {
    await recordAct(stores.audit, asked, { action: 'totp:add', subjectKind: 'account', subjectId: accountId });
    const begun = await stores.secondFactors.findTotp(accountId);
    if (!begun || begun.addedAt !== null)
      throw new Failure('conflict', 'nothing was begun', { reason: 'version-outdated' });
    const step = findTotpStep(begun.secret, code, asked.at);
    if (step === undefined || !(await stores.secondFactors.confirmTotp(accountId, step, asked.at.toISOString())))
      throw wrongCode('code');
    const recoveryCodes = await giveRecoveryCodes(stores, accountId);
    await stores.accounts.noteFactor(sessionId, asked.at.toISOString());
    return { recoveryCodes, ended: await stores.accounts.deleteSessions(accountId, sessionId) };
  });
  parts.tellEnded(ended, 'signed-out');
  return { recoveryCodes };
}

async function giveRecoveryCodes(stores: Pick<Stores, 'secondFactors'>, accountId: string): Promise<string[]> {
  const codes = makeRecoveryCodes();
  await stores.secondFactors.replaceRecoveryCodes(accountId, codes);
  return codes.map(toPrinted);
}

/** @throws Failure as `requireOwnPassword` and `requireProof`, conflict / second-factor-unknown */
async function getOwnByProof(parts: FactorParts, asked: Asked, { password, proof }: ProvenInput): Promise<Account> {
  const account = await getOwnByPassword(parts, asked, password);
  await requireHolder(parts, account.accountId);
  await requireProof(parts, account, { proof, at: asked.at, requestId: asked.requestId });
  return account;
}

/** Without the app the recovery codes are of no use either: they go with it. */
export async function removeTotp(parts: FactorParts, asked: Asked, input: ProvenInput): Promise<SecondFactorView> {
  const { accountId } = await getOwnByProof(parts, asked, input);
  await parts.work.write(async (stores) => {
    await recordAct(stores.audit, asked, { action: 'totp:remove', subjectKind: 'account', subjectId: accountId });
    await stores.secondFactors.removeAll(accountId);
  });
  return readSecondFactor(parts, asked);
}

/** Shows it once more in this session, for what asks for it within a short time. @throws Failure as `requireProof`, conflict / second-factor-unknown */
export async function proveAgain(parts: FactorParts, asked: Asked, proof: FactorProof): Promise<void> {
  const { accountId, sessionId } = asked.caller;
  const account = await getOwn(parts.work.read, asked.caller);
  await requireHolder(parts, accountId);
  const { kind } = await requireProof(parts, account, { proof, at: asked.at, requestId: asked.requestId });
  await parts.work.write(async (stores) => {
    await stores.accounts.noteFactor(sessionId, asked.at.toISOString());
    await recordAct(stores.audit, asked, {
      action: 'second-factor:prove',
      subjectKind: 'session',
      subjectId: sessionId,
      detail: { factor: kind },
    });
  });
}

/** @throws Failure conflict / second-factor-unknown */
async function requireHolder({ work }: FactorParts, accountId: string): Promise<void> {
  if (!(await work.read.secondFactors.listHolders([accountId])).has(accountId))
    throw new Failure('conflict', 'there is no second factor', { reason: 'second-factor-unknown' });
}

export async function renewRecoveryCodes(parts: FactorParts, asked: Asked, input: ProvenInput): Promise<RecoveryCodes> {
  const { accountId } = await getOwnByProof(parts, asked, input);
  const recoveryCodes = await parts.work.write(async (stores) => {
    await recordAct(stores.audit, asked, {
      action: 'recovery-codes:make',
      subjectKind: 'account',
      subjectId: accountId,
    });
    return giveRecoveryCodes(stores, accountId);
  });
  return { recoveryCodes };
}
