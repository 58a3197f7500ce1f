import { randomUUID } from 'node:crypto';
import { isPlatformRole } from '../access/platform-roles.ts';
import { type Act, recordAct } from '../audit/record.ts';
import { Failure, type MadeLink, type PersonState, type Role } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import { closeAccount } from './disabling.ts';
import { hasFactor } from './factor-proof.ts';
import { hasAdministrator } from './founding.ts';
import { LINK_MS, makeLink } from './one-time-link.ts';
import { loginKeyOf, normalizeLogin } from './origin.ts';
import { type PeopleParts, type PeopleStores, requireAnotherAdministrator } from './people.ts';
import { personState } from './person.ts';
import { removeFactor } from './reset-factor.ts';
import type { Account } from './store.ts';

/**
 * What whoever runs the machine does from its shell, where nobody can sign in. They have no account: the audit names the user of the
 * operating system.
 */
export interface OperatorParts {
  work: PeopleParts['work'];
  /** Of the operating system. */
  operator: string;
  at: Date;
}

type OperatorStores = PeopleStores;

function record({ audit }: Pick<Stores, 'audit'>, { operator, at }: OperatorParts, act: Act): Promise<void> {
  return recordAct(
    audit,
    { caller: null, requestId: randomUUID(), at },
    { ...act, detail: { operator, ...act.detail } },
  );
}

/** @throws Failure not-found */
async function getByLogin(stores: Pick<Stores, 'accounts'>, login: string): Promise<Account> {
  const account = await stores.accounts.findByLogin(normalizeLogin(login));
  if (!account) throw new Failure('not-found', 'no such account');
  return account;
}

/**
 * A new address for the first administrator.
 * @throws Failure conflict / administrator-exists: theirs are made by name
 */
export async function makeFirstAddress(parts: OperatorParts): Promise<MadeLink> {
  return parts.work.write(async (stores) => {
    await record(stores, parts, { action: 'first-link:make', subjectKind: 'network', subjectId: 'first' });
    if (await hasAdministrator(stores, parts.at))
      throw new Failure('conflict', 'somebody administers already', { reason: 'administrator-exists' });
    return makeLink(stores, { kind: 'first-administrator', accountId: null, at: parts.at });
  });
}

/**
 * By which one of the platform's three administrators who has lost the password chooses another: nobody but the operator could do it
 * without taking the office over. All other people are reset by their administrator.
 * @throws Failure not-found, forbidden / demo-account, forbidden for any other role, conflict / state-not-allowed: disabled
 */
export async function makeAdministratorAddress(parts: OperatorParts, login: string): Promise<MadeLink> {
  return parts.work.write(async (stores) => {
    const account = await getByLogin(stores, login);
    if (account.isDemo) throw new Failure('forbidden', 'a demo account', { reason: 'demo-account' });
    if (!isPlatformRole(account.role)) throw new Failure('forbidden', 'no administrator of the platform');
    if (!account.isActive) throw new Failure('conflict', 'disabled', { reason: 'state-not-allowed' });
    const kind = account.passwordHash === null ? 'invitation' : 'reset';
    const { accountId } = account;
    const link = await makeLink(stores, { kind, accountId, at: parts.at, lifeMs: LINK_MS['first-administrator'] });
    await record(stores, parts, {
      action: 'account:reset',
      subjectKind: 'account',
      subjectId: accountId,
      detail: { linkId: link.linkId },
    });
    return link;
  });
}

/** Wrong passwords that were given with this name count no more, wherever they came from. */
export async function unlockAccount(parts: OperatorParts, login: string): Promise<Account> {
  return parts.work.write(async (stores) => {
    const account = await getByLogin(stores, login);
    await stores.attempts.clearLogin(loginKeyOf(account.login));
    await record(stores, parts, { action: 'account:unlock', subjectKind: 'account', subjectId: account.accountId });
    return account;
  });
}

/** Running servers notice within two seconds. @throws Failure not-found, conflict / state-not-allowed or last-administrator */
export async function disableAccount(parts: OperatorParts, login: string, reason: string): Promise<Account> {
  return parts.work.write(async (stores) => {
    const account = await getByLogin(stores, login);
    await record(stores, parts, {
      action: 'account:disable',
      subjectKind: 'account',
      subjectId: account.accountId,
      ...(reason !== '' && { detail: { reason } }),
    });
    if (!account.isActive) throw new Failure('conflict', 'disabled already', { reason: 'state-not-allowed' });
    if (!account.isDemo) await requireAnotherAdministrator(stores, account, parts.at);
    await closeAccount(stores, account, { reason: reason || null, at: parts.at });
    return account;
  });
}

/**
 * Takes the second factor off an account; running servers end its sessions within two seconds.
 * @throws Failure not-found, conflict / second-factor-unknown
 */
export async function resetAccountFactor(parts: OperatorParts, login: string): Promise<Account> {
  return parts.work.write(async (stores) => {
    const account = await getByLogin(stores, login);
    const { accountId } = account;
    await record(stores, parts, { action: 'second-factor:reset', subjectKind: 'account', subjectId: accountId });
    if (!(await hasFactor(stores, accountId)))
      throw new Failure('conflict', 'there is no second factor', { reason: 'second-factor-unknown' });
    await removeFactor(stores, accountId);
    return account;
  });
}

export interface AccountLine {
  login: string;
  name: string;
  role: Role;
  facilityName: string;
  state: PersonState;
  isDemo: boolean;
}

/** Read some at a time: a platform may have many thousands. */
const LINES_AT_ONCE = 500;

export async function listAccountLines(parts: OperatorParts): Promise<AccountLine[]> {
  await parts.work.write((stores) =>
    record(stores, parts, { action: 'account:list', subjectKind: 'account', subjectId: 'all' }),
  );
  const lines: AccountLine[] = [];
  const logins = await parts.work.read.accounts.listLogins({ facilityIds: 'all' });
  for (let from = 0; from < logins.length; from += LINES_AT_ONCE) {
    const some = await parts.work.read.accounts.findByLogins(logins.slice(from, from + LINES_AT_ONCE));
    const sorted = some.sort((a, b) => (a.login < b.login ? -1 : Number(a.login > b.login)));
    lines.push(...(await toLines(parts.work.read, sorted)));
  }
  return lines;
}

async function toLines(
  stores: Pick<OperatorStores, 'facilities'>,
  accounts: readonly Account[],
): Promise<AccountLine[]> {
  const facilities = await stores.facilities.findMany([...new Set(accounts.map(({ facilityId }) => facilityId))]);
  const names = new Map(facilities.map(({ facilityId, name }) => [facilityId, name]));
  return accounts.map((account) => ({
    login: account.login,
    name: account.name,
    role: account.role,
    facilityName: names.get(account.facilityId) ?? '',
    state: personState(account),
    isDemo: account.isDemo,
  }));
}
