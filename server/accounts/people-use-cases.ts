import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { scopesGivenBy } from '../access/machines.ts';
import { requirePermission } from '../access/may.ts';
import { isWithin, type Remit, requireGiving, rolesGivenBy } from '../access/people.ts';
import { requireRolesApart } from '../access/platform-roles.ts';
import { changesOf } from '../audit/changes.ts';
import { recordAct } from '../audit/record.ts';
import {
  Failure,
  type MadeLink,
  type ManagedPersonView,
  type NewPersonInput,
  type PeopleChoices,
  type PeoplePage,
  type PeopleQuery,
  type PersonEditInput,
  type PersonWithLink,
} from '../contract/index.ts';
import { licenceFilter } from '../licences/licence.ts';
import { makeLink } from './one-time-link.ts';
import {
  findRemit,
  getAccountFor,
  listHeld,
  type PeopleParts,
  type PeopleStores,
  requireAnotherAdministrator,
  viewPeople,
  viewPerson,
} from './people.ts';
import { requireNoSecond } from './platform-role.ts';
import type { Account, AccountData } from './store.ts';

/** @throws Failure forbidden for whoever administers nobody */
export async function listPeople(parts: PeopleParts, asked: Asked, query: PeopleQuery): Promise<PeoplePage> {
  requirePermission(asked.caller, 'account:manage');
  const { read } = parts.work;
  const facilityIds = await findRemit(parts, asked.caller);
  const { accounts, total } = await read.accounts.listPage({
    ...query,
    facilityIds,
    licence: licenceFilter(query.licence, asked.at),
  });
  return { people: await viewPeople(parts, read, asked, accounts), total };
}

export async function listChoices(parts: PeopleParts, { caller }: Asked): Promise<PeopleChoices> {
  requirePermission(caller, 'account:manage');
  const remit = await findRemit(parts, caller);
  const facilities = await parts.listWorkplaces();
  return {
    facilities: facilities.filter(({ facilityId }) => isWithin(remit, facilityId)),
    roles: rolesGivenBy(caller),
    machineScopes: scopesGivenBy(caller),
  };
}

export async function readPerson(parts: PeopleParts, asked: Asked, accountId: string): Promise<ManagedPersonView> {
  const person = await viewPerson(parts, parts.work.read, asked, accountId);
  if (person.appointments.length === 0) throw new Failure('not-found', 'no such person');
  return person;
}

/** @throws Failure conflict / login-taken, and as `requireGiving` */
export async function invitePerson(parts: PeopleParts, asked: Asked, input: NewPersonInput): Promise<PersonWithLink> {
  requirePermission(asked.caller, 'account:manage');
  const remit = await findRemit(parts, asked.caller);
  const accountId = randomUUID();
  return parts.work.write(async (stores) => {
    const link = await addPerson(stores, asked, { ...input, accountId, remit });
    return { person: await viewPerson(parts, stores, asked, accountId), link };
  });
}

/** As {@link invitePerson}, in a transaction that does more. */
export async function addPerson(
  stores: PeopleStores,
  asked: Asked,
  { accountId, login, remit, ...data }: NewPersonInput & { accountId: string; remit: Remit },
): Promise<MadeLink> {
  requireGiving(asked.caller, remit, data);
  // First: of two who take the same name at once the second waits here, and finds it taken.
  await recordAct(stores.audit, asked, {
    action: 'account:invite',
    subjectKind: 'account',
    subjectId: accountId,
    detail: { login, ...data },
  });
  await requireNoSecond(stores, asked, { accountId, from: null, to: data.role });
  await requireFacility(stores, data.facilityId);
  if (await stores.accounts.findByLogin(login))
    throw new Failure('conflict', 'the account name is taken', { reason: 'login-taken', fields: ['login'] });
  await stores.accounts.insert({ ...data, accountId, login, isActive: true, passwordHash: null });
  return makeLink(stores, { kind: 'invitation', accountId, madeBy: asked.caller.accountId, at: asked.at });
}

/** To choose the first password, or another one in its place: nobody types a password for somebody else. */
export async function makePersonLink(parts: PeopleParts, asked: Asked, accountId: string): Promise<PersonWithLink> {
  return parts.work.write(async (stores) => {
    const link = await renewLink(stores, asked, await getAccountFor(parts, stores, asked, accountId, 'make-link'));
    return { person: await viewPerson(parts, stores, asked, accountId), link };
  });
}

/** As {@link makePersonLink}, in a transaction that does more. Whether the caller may is decided before. */
export async function renewLink(stores: PeopleStores, asked: Asked, account: Account): Promise<MadeLink> {
  const { accountId } = account;
  const kind = account.passwordHash === null ? 'invitation' : 'reset';
  const link = await makeLink(stores, { kind, accountId, madeBy: asked.caller.accountId, at: asked.at });
  await recordAct(stores.audit, asked, {
    action: kind === 'reset' ? 'account:reset' : 'account:invite-again',
    subjectKind: 'account',
    subjectId: accountId,
    detail: { linkId: link.linkId },
  });
  return link;
}

/** @throws Failure conflict / version-outdated where somebody else was quicker, or last-administrator */
export async function editPerson(
  parts: PeopleParts,
  asked: Asked,
  accountId: string,
  { revision, ...data }: PersonEditInput,
): Promise<ManagedPersonView> {
  return parts.work.write(async (stores) => {
    await changePerson(parts, stores, asked, accountId, { revision, ...data });
    return viewPerson(parts, stores, asked, accountId);
  });
}

/** As {@link editPerson}, in a transaction that does more. */
export async function changePerson(
  parts: PeopleParts,
  stores: PeopleStores,
  asked: Asked,
  accountId: string,
  { revision, ...data }: PersonEditInput,
): Promise<void> {
  const account = await getAccountFor(parts, stores, asked, accountId, 'edit');
  requireGiving(asked.caller, await findRemit(parts, asked.caller), data);
  await recordAct(stores.audit, asked, {
    action: 'account:edit',
    subjectKind: 'account',
    subjectId: accountId,
    detail: { changes: changesOf<AccountData>(account, data) },
  });
  await requireFacility(stores, data.facilityId);
  const held = await listHeld(stores, accountId, asked.at);
  requireRolesApart([...held.filter(({ isMain }) => !isMain).map(({ role }) => role), data.role]);
  await requireNoSecond(stores, asked, { accountId, from: account.role, to: data.role });
  if (data.role !== account.role) await requireAnotherAdministrator(stores, account, asked.at);
  if (!(await stores.accounts.edit(accountId, revision, data)))
    throw new Failure('conflict', `made on revision ${revision}, stored is ${account.revision}`, {
      reason: 'version-outdated',
    });
}

async function requireFacility({ facilities }: Pick<PeopleStores, 'facilities'>, facilityId: string): Promise<void> {
  if (!(await facilities.find(facilityId)))
    throw new Failure('invalid-message', 'no such facility', { fields: ['facilityId'] });
}
