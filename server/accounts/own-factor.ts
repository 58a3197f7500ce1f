import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import {
  type AddFactorInput,
  type FactorProof,
  Failure,
  type ProvenInput,
  type RecoveryCodes,
  type SecondFactorView,
  type SecurityKeyPurpose,
  type SecurityKeyRequest,
} from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import { maySignInAlone, mustHaveFactor } from './factor-policy.ts';
import { challengeKeys, type FactorParts, hasFactor, listFactorKinds, requireProof } from './factor-proof.ts';
import { requireOwnPassword } from './own-password.ts';
import { makeRecoveryCodes, toPrinted } from './recovery-codes.ts';
import type { RelyingParty } from './relying-party.ts';
import type { SessionEnd } from './sessions.ts';
import type { Account } from './store.ts';

export interface OwnFactorParts extends FactorParts {
  /** These sessions are over, and it is committed. */
  tellEnded(sessionIds: string[], why: SessionEnd): void;
}

/** With where the browser has found this server, to which its keys are bound. */
export interface FactorAsked extends Asked {
  party: RelyingParty | null;
}

/** What the caller has set up beside the password. */
export async function readSecondFactor(
  { work }: FactorParts,
  { caller, at, party }: FactorAsked,
): Promise<SecondFactorView> {
  const { accountId } = caller;
  const { secondFactors } = work.read;
  const account = await getOwn(work.read, caller);
  const totpAddedAt = (await secondFactors.findTotp(accountId))?.addedAt ?? null;
  const keys = await secondFactors.keys.list(accountId);
  const isAlonePossible = await maySignInAlone(work.read, account, at);
  const factors = keys.length + (totpAddedAt === null ? 0 : 1);
  return {
    totpAddedAt,
    securityKeys: keys.map(({ keyId, name, addedAt, usedAt, rpId, isDiscoverable }) => ({
      keyId,
      name,
      addedAt,
      usedAt,
      isOfThisHost: rpId === party?.rpId,
      signsInAlone: isAlonePossible && isDiscoverable === true && rpId === party?.rpId,
    })),
    recoveryCodesLeft: await secondFactors.countRecoveryCodes(accountId),
    kinds: await listFactorKinds(work.read, accountId, party),
    isPossible: !account.isDemo,
    isKeyPossible: party !== null,
    isLastRequired: factors === 1 && (await mustHaveFactor(work.read, account, at)),
  };
}

export async function getOwn(stores: Pick<Stores, 'accounts'>, { accountId }: { accountId: string }): Promise<Account> {
  const account = await stores.accounts.find(accountId);
  if (!account) throw new Error('a session without an account');
  return account;
}

/**
 * For a change of the second factor: by the password, and by a factor where there is one.
 * @throws Failure forbidden / demo-account or own-password, rate-limited, conflict / second-factor-needed; as `requireProof`
 */
export async function getOwnForChange(
  parts: FactorParts,
  { caller, at, requestId, party }: FactorAsked,
  { password, proof }: AddFactorInput,
): Promise<Account> {
  const account = await getOwn(parts.work.read, caller);
  if (account.isDemo) throw new Failure('forbidden', 'a demo account has no second factor', { reason: 'demo-account' });
  await requireOwnPassword(parts.work, account, { typed: password, at, reason: 'own-password', field: 'password' });
  if (!(await hasFactor(parts.work.read, account.accountId))) return account;
  if (!proof)
    throw new Failure('conflict', 'a factor that is there has to be shown', { reason: 'second-factor-needed' });
  const place = { party, boundTo: caller.sessionId, purpose: 'change' as const };
  await requireProof(parts, account, { proof, at, requestId, place });
  return account;
}

/** As {@link getOwnForChange}, for what only those can do who have a factor. @throws Failure conflict / second-factor-unknown */
export async function getOwnByProof(parts: FactorParts, asked: FactorAsked, input: ProvenInput): Promise<Account> {
  await requireHolder(parts, asked.caller.accountId);
  return getOwnForChange(parts, asked, input);
}

/**
 * With the first factor come recovery codes, and all other sessions end: they were opened with the password alone.
 * @returns the codes, null where the account had a factor before, and the sessions that ended.
 */
export async function noteAdded(
  stores: Pick<Stores, 'accounts' | 'secondFactors'>,
  { caller: { accountId, sessionId }, at }: Asked,
  wasHolder: boolean,
): Promise<{ recoveryCodes: string[] | null; ended: string[] }> {
  await stores.accounts.noteFactor(sessionId, at.toISOString());
  if (wasHolder) return { recoveryCodes: null, ended: [] };
  const recoveryCodes = await giveRecoveryCodes(stores, accountId);
  return { recoveryCodes, ended: await stores.accounts.deleteSessions(accountId, sessionId) };
}

/**
 * After one factor was taken off. Without any the recovery codes are of no use either: they go with the last.
 * @throws Failure conflict / second-factor-last where the platform requires one
 */
export async function afterRemoval(
  stores: Pick<Stores, 'accounts' | 'policies' | 'secondFactors'>,
  account: Account,
  at: Date,
): Promise<void> {
  if (await hasFactor(stores, account.accountId)) return;
  if (await mustHaveFactor(stores, account, at))
    throw new Failure('conflict', 'the platform requires a second factor', { reason: 'second-factor-last' });
  await stores.secondFactors.removeAll(account.accountId);
}

async function giveRecoveryCodes(stores: Pick<Stores, 'secondFactors'>, accountId: string): Promise<string[]> {
  const codes = makeRecoveryCodes();
  await stores.secondFactors.replaceRecoveryCodes(accountId, codes);
  return codes.map(toPrinted);
}

/** What one of the caller's keys is to answer. @throws Failure as `challengeKeys` */
export function challengeOwnKeys(
  parts: FactorParts,
  { caller, at, party }: FactorAsked,
  purpose: SecurityKeyPurpose,
): Promise<SecurityKeyRequest> {
  return challengeKeys(parts, caller.accountId, { party, boundTo: caller.sessionId, purpose }, at);
}

/** Shows it once more in this session, for what asks for it within a short time. @throws Failure as `requireProof`, conflict / second-factor-unknown */
export async function proveAgain(parts: FactorParts, asked: FactorAsked, proof: FactorProof): Promise<void> {
  const { caller, at, requestId, party } = asked;
  const { accountId, sessionId } = caller;
  const account = await getOwn(parts.work.read, caller);
  await requireHolder(parts, accountId);
  const place = { party, boundTo: sessionId, purpose: 'proof' as const };
  const { kind } = await requireProof(parts, account, { proof, at, requestId, place });
  await parts.work.write(async (stores) => {
    await stores.accounts.noteFactor(sessionId, at.toISOString());
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
  if (!(await hasFactor(work.read, accountId)))
    throw new Failure('conflict', 'there is no second factor', { reason: 'second-factor-unknown' });
}

export async function renewRecoveryCodes(
  parts: FactorParts,
  asked: FactorAsked,
  input: ProvenInput,
): Promise<RecoveryCodes> {
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
