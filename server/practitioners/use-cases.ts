import type { Asked } from '../access/asked.ts';
import { isWithin } from '../access/people.ts';
import { findRemit, getAccountFor, type PeopleParts, type PeopleStores } from '../accounts/people.ts';
import { type Changes, changesOf } from '../audit/changes.ts';
import { recordAct } from '../audit/record.ts';
import { Failure, type PractitionerData, type PractitionerInput, type PractitionerView } from '../contract/index.ts';
import { toLicenceView } from '../licences/licence.ts';
import type { Stores } from '../store/stores.ts';
import { checkedPractitioner, NOTHING_RECORDED, type Practitioner, yearsIndependent } from './practitioner.ts';

export interface PractitionerParts {
  people: PeopleParts;
  /** Called after the commit where a person's licence has changed. */
  onLicenceChanged(asked: Asked, accountId: string): Promise<void>;
}

/** For those who answer for the account. @throws Failure not-found to everybody else */
export async function readPractitioner(
  { people }: Pick<PractitionerParts, 'people'>,
  { caller, at }: Asked,
  accountId: string,
): Promise<PractitionerView> {
  const { read } = people.work;
  const account = await read.accounts.find(accountId);
  if (!account || !isWithin(await findRemit(people, caller), account.facilityId))
    throw new Failure('not-found', 'no such person');
  return viewPractitioner(read, accountId, at);
}

/** What is on file of the caller. */
export function readOwnPractitioner(
  { people }: Pick<PractitionerParts, 'people'>,
  { caller, at }: Asked,
): Promise<PractitionerView> {
  return viewPractitioner(people.work.read, caller.accountId, at);
}

/** @throws Failure as `checkedPractitioner`; conflict / version-outdated where somebody else was quicker */
export async function savePractitioner(
  { people, onLicenceChanged }: PractitionerParts,
  asked: Asked,
  accountId: string,
  { revision, ...typed }: PractitionerInput,
): Promise<PractitionerView> {
  await people.work.write(async (stores) => {
    await getAccountFor(people, stores, asked, accountId, 'edit');
    await putPractitioner(stores, asked, { accountId, revision, typed });
  });
  await onLicenceChanged(asked, accountId);
  return viewPractitioner(people.work.read, accountId, asked.at);
}

/** As {@link savePractitioner}, in a transaction that does more. Whether the caller may is decided before. */
export async function putPractitioner(
  stores: Pick<PeopleStores, 'audit' | 'practitioners'>,
  asked: Asked,
  { accountId, revision, typed }: { accountId: string; revision: number; typed: PractitionerData },
): Promise<void> {
  const data = checkedPractitioner(typed, asked.at);
  const stored = await stores.practitioners.find(accountId);
  await recordAct(stores.audit, asked, {
    action: 'practitioner:save',
    subjectKind: 'account',
    subjectId: accountId,
    detail: { changes: licenceChanges(stored, data) },
  });
  if (
    (stored?.revision ?? 0) !== revision ||
    !(await stores.practitioners.put({ ...data, accountId, revision: revision + 1 }))
  )
    throw new Failure('conflict', `made on revision ${revision}, stored is ${stored?.revision ?? 0}`, {
      reason: 'version-outdated',
    });
}

/** Of a number its end alone: enough to tell two of one person apart. */
function licenceChanges(stored: Practitioner | undefined, data: PractitionerData): Changes {
  const { licenceNumber, ...others } = changesOf<PractitionerData>(stored ?? NOTHING_RECORDED, data);
  const end = (number: unknown) => (typeof number === 'string' ? `…${number.slice(-4)}` : null);
  return {
    ...(licenceNumber && {
      licenceNumber: { before: end(licenceNumber.before), after: end(licenceNumber.after) },
    }),
    ...others,
  };
}

async function viewPractitioner(
  { practitioners }: Pick<Stores, 'practitioners'>,
  accountId: string,
  at: Date,
): Promise<PractitionerView> {
  const stored = await practitioners.find(accountId);
  const { revision, ...data } = stored ?? { ...NOTHING_RECORDED, revision: 0 };
  return {
    ...data,
    accountId,
    revision,
    licence: toLicenceView(stored, at),
    yearsIndependent: yearsIndependent(data, at),
    photoSha256: (await practitioners.listPhotoHashes([accountId])).get(accountId) ?? null,
  };
}
