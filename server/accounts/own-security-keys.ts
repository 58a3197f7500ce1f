import { randomUUID } from 'node:crypto';
import { recordAct } from '../audit/record.ts';
import {
  type AddFactorInput,
  Failure,
  type ProvenInput,
  type RecoveryCodes,
  type SecondFactorView,
  type SecurityKeyAttestation,
  type SecurityKeyCreation,
} from '../contract/index.ts';
import { type FactorParts, hasFactor } from './factor-proof.ts';
import {
  afterRemoval,
  type FactorAsked,
  getOwnByProof,
  getOwnForChange,
  noteAdded,
  type OwnFactorParts,
  readSecondFactor,
} from './own-factor.ts';
import { creationOf, makeChallenge, readAttestation, requireOpen, requireParty } from './security-keys.ts';

/** What a browser is to make a key with. @throws Failure as `getOwnForChange` and `requireParty` */
export async function beginSecurityKey(
  parts: FactorParts,
  asked: FactorAsked,
  input: AddFactorInput,
): Promise<SecurityKeyCreation> {
  const party = requireParty(asked.party);
  const account = await getOwnForChange(parts, asked, input);
  const { accountId } = account;
  const challenge = makeChallenge(asked.caller.sessionId, 'add', asked.at);
  return parts.work.write(async ({ audit, secondFactors: { keys } }) => {
    await recordAct(audit, asked, { action: 'security-key:begin', subjectKind: 'account', subjectId: accountId });
    await keys.deleteExpiredChallenges(asked.at.toISOString());
    await keys.putChallenge(challenge);
    return creationOf(account, party, challenge, await keys.list(accountId));
  });
}

/** The key that the browser has made. @throws Failure forbidden / security-key-wrong, conflict / security-key-taken */
export async function addSecurityKey(
  parts: OwnFactorParts,
  asked: FactorAsked,
  { name, attestation }: { name: string; attestation: SecurityKeyAttestation },
): Promise<RecoveryCodes> {
  const { caller, at } = asked;
  const { accountId, sessionId } = caller;
  const party = requireParty(asked.party);
  // Used up before anything is looked at: an answer that was wrong is not tried twice.
  const taken = await parts.work.write(({ secondFactors }) => secondFactors.keys.takeChallenge(sessionId, 'add'));
  const made = await readAttestation(attestation, party, requireOpen(taken, at, 'attestation'));
  const { ended, recoveryCodes } = await parts.work.write(async (stores) => {
    const keyId = randomUUID();
    await recordAct(stores.audit, asked, { action: 'security-key:add', subjectKind: 'security-key', subjectId: keyId });
    const wasHolder = await hasFactor(stores, accountId);
    const key = { ...made, keyId, accountId, name, addedAt: at.toISOString(), usedAt: null };
    if (!(await stores.secondFactors.keys.insert(key)))
      throw new Failure('conflict', 'the credential is registered already', { reason: 'security-key-taken' });
    return noteAdded(stores, asked, wasHolder);
  });
  parts.tellEnded(ended, 'signed-out');
  return { recoveryCodes };
}

/** @throws Failure not-found, as `getOwnByProof` and `afterRemoval` */
export async function removeSecurityKey(
  parts: FactorParts,
  asked: FactorAsked,
  keyId: string,
  input: ProvenInput,
): Promise<SecondFactorView> {
  const own = await parts.work.read.secondFactors.keys.list(asked.caller.accountId);
  if (!own.some((key) => key.keyId === keyId)) throw new Failure('not-found', 'no such key');
  const account = await getOwnByProof(parts, asked, input);
  await parts.work.write(async (stores) => {
    await recordAct(stores.audit, asked, {
      action: 'security-key:remove',
      subjectKind: 'security-key',
      subjectId: keyId,
    });
    if (!(await stores.secondFactors.keys.remove(account.accountId, keyId)))
      throw new Failure('not-found', 'no such key');
    await afterRemoval(stores, account, asked.at);
  });
  return readSecondFactor(parts, asked);
}
