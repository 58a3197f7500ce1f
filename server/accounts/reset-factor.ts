import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { Failure, type ManagedPersonView } from '../contract/index.ts';
import { getAccountFor, type PeopleParts, type PeopleStores, viewPerson } from './people.ts';

/**
 * Takes the second factor off the account of whoever has lost it. The reason stands beside the account; all their sessions end.
 * @throws Failure invalid-message / reason-missing, conflict / second-factor-unknown
 */
export async function resetFactor(
  parts: PeopleParts,
  asked: Asked,
  accountId: string,
  reason: string,
): Promise<ManagedPersonView> {
  const { person, ended } = await parts.work.write(async (stores) => {
    await getAccountFor(parts, stores, asked, accountId, 'reset-factor');
    if (reason === '') throw new Failure('invalid-message', 'no reason was given', { reason: 'reason-missing' });
    const ended = await takeFactorOff(stores, asked, { accountId, reason });
    return { person: await viewPerson(parts, stores, asked, accountId), ended };
  });
  parts.tellEnded(ended, 'signed-out');
  await parts.tellFactorReset(asked, accountId);
  return person;
}

/** Whether the caller may is decided before. @returns the sessions that this ended. */
export async function takeFactorOff(
  stores: Pick<PeopleStores, 'accounts' | 'audit' | 'secondFactors'>,
  asked: Asked,
  { accountId, reason }: { accountId: string; reason: string },
): Promise<string[]> {
  await recordAct(stores.audit, asked, {
    action: 'second-factor:reset',
    subjectKind: 'account',
    subjectId: accountId,
    detail: { reason },
  });
  await stores.secondFactors.noteReset({ accountId, reason, resetAt: asked.at.toISOString() });
  return removeFactor(stores, accountId);
}

/** @returns the sessions that this ended. */
export async function removeFactor(
  stores: Pick<PeopleStores, 'accounts' | 'secondFactors'>,
  accountId: string,
): Promise<string[]> {
  await stores.secondFactors.removeAll(accountId);
  return stores.accounts.deleteSessions(accountId);
}
