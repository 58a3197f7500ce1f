import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import {
  type AddFactorInput,
  Failure,
  type ProvenInput,
  type RecoveryCodes,
  type SecondFactorView,
  type TotpSetup,
} from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import { type FactorParts, hasFactor, wrongCode } from './factor-proof.ts';
import {
  afterRemoval,
  type FactorAsked,
  getOwnByProof,
  getOwnForChange,
  noteAdded,
  type OwnFactorParts,
  readSecondFactor,
} from './own-factor.ts';
import { findTotpStep, makeTotpSecret, totpAddress } from './totp.ts';

/** A new secret for an authenticator app, told this once. One that was added before stays in use until the new one is confirmed. @throws Failure as `getOwnForChange` */
export async function beginTotp(parts: FactorParts, asked: FactorAsked, input: AddFactorInput): Promise<TotpSetup> {
  const { accountId, login } = await getOwnForChange(parts, asked, input);
  const secret = makeTotpSecret();
  await parts.work.write(async ({ audit, secondFactors }) => {
    await recordAct(audit, asked, { action: 'totp:begin', subjectKind: 'account', subjectId: accountId });
    const present = await secondFactors.findTotp(accountId);
    if (present?.addedAt) await secondFactors.putTotp({ ...present, nextSecret: secret });
    else await secondFactors.putTotp({ accountId, secret, lastStep: 0, addedAt: null, nextSecret: null });
  });
  return { secret, address: totpAddress(secret, login) };
}

/** The first code of the app, which shows that it was set up rightly. @throws Failure forbidden / code-wrong */
export async function confirmTotp(parts: OwnFactorParts, asked: Asked, code: string): Promise<RecoveryCodes> {
  const { accountId } = asked.caller;
  const { ended, recoveryCodes } = await parts.work.write(async (stores) => {
    await recordAct(stores.audit, asked, { action: 'totp:add', subjectKind: 'account', subjectId: accountId });
    const wasHolder = await hasFactor(stores, accountId);
    if (!(await takeFirstCode(stores, asked, code))) throw wrongCode('code');
    return noteAdded(stores, asked, wasHolder);
  });
  parts.tellEnded(ended, 'signed-out');
  return { recoveryCodes };
}

/** @returns whether it was a code of the app that was begun with. @throws Failure conflict / version-outdated where none was */
async function takeFirstCode(
  { secondFactors }: Pick<Stores, 'secondFactors'>,
  { caller: { accountId }, at }: Asked,
  code: string,
): Promise<boolean> {
  const begun = await secondFactors.findTotp(accountId);
  const secret = begun?.addedAt ? begun.nextSecret : begun?.secret;
  if (!begun || !secret) throw new Failure('conflict', 'nothing was begun', { reason: 'version-outdated' });
  const step = findTotpStep(secret, code, at);
  if (step === undefined) return false;
  const addedAt = at.toISOString();
  return begun.addedAt
    ? secondFactors.replaceTotp({ accountId, secret, lastStep: step, addedAt, nextSecret: null })
    : secondFactors.confirmTotp(accountId, step, addedAt);
}

/** @throws Failure as `getOwnByProof` and `afterRemoval`, conflict / second-factor-unknown */
export async function removeTotp(
  parts: FactorParts,
  asked: FactorAsked,
  input: ProvenInput,
): Promise<SecondFactorView> {
  const account = await getOwnByProof(parts, asked, input);
  const { accountId } = account;
  await parts.work.write(async (stores) => {
    await recordAct(stores.audit, asked, { action: 'totp:remove', subjectKind: 'account', subjectId: accountId });
    if (!(await stores.secondFactors.removeTotp(accountId)))
      throw new Failure('conflict', 'there is no app', { reason: 'second-factor-unknown' });
    await afterRemoval(stores, account, asked.at);
  });
  return readSecondFactor(parts, asked);
}
