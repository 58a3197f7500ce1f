import { type EntityManager, In } from 'typeorm';
import type { Account, AccountFilter, AccountPage } from '../../accounts/store.ts';
import type { PeopleSort, PersonState } from '../../contract/index.ts';
import { isAscii } from '../columns.ts';
import { licenceConditions } from './licence-condition.ts';
import { AccountRow } from './rows.ts';

/** Few are disabled: an index has them. An expression keeps both databases from taking it for the others, who are nearly all. */
const STATES: Record<PersonState, string> = {
  disabled: 'one.isActive = 0',
  invited: "COALESCE(one.isActive, 0) = 1 AND one.passwordHash = ''",
  active: "COALESCE(one.isActive, 0) = 1 AND one.passwordHash <> ''",
};

/** The order of each sort: those alike follow each other by name, and each comes on one page. An index has each of them. */
const ORDERS: Record<PeopleSort, readonly string[]> = {
  name: ['sortKey', 'login'],
  login: ['login'],
  role: ['role', 'sortKey', 'login'],
  'signed-in': ['signedInAt', 'login'],
};

interface Condition {
  sql: string;
  values: string[];
}

/** Some of the accounts that are looked for, each called `one`. No account is in two parts. */
interface Part extends Condition {
  select: 'SELECT' | 'SELECT DISTINCT';
  from: string;
  /** Whether they come by an index in the order that is asked for; those of some facilities are sorted. */
  isOrdered: boolean;
}

export async function listAccounts(
  manager: EntityManager,
  { sort, order, page, limit, ...filter }: AccountPage,
): Promise<{ accounts: Account[]; total: number }> {
  const parts = partsOf(filter);
  const read = (offset: number, length: number, isDescending: boolean) =>
    readLogins(manager, parts, { columns: ORDERS[sort], isDescending, offset, length });
  const isDescending = order === 'descending';
  if (page === 1) {
    // Where all fit on the first page they are counted already: what is seldom found is looked for once.
    const logins = await read(0, limit, isDescending);
    const total = logins.length < limit ? logins.length : await countAccounts(manager, parts);
    return { accounts: await findInOrder(manager, logins), total };
  }
  const total = await countAccounts(manager, parts);
  const before = (page - 1) * limit;
  const length = Math.min(limit, total - before);
  if (length <= 0) return { accounts: [], total };
  // A page behind the middle is reached from the end: never more than half of all is passed over.
  const isFromEnd = before > total / 2;
  const offset = isFromEnd ? total - before - length : before;
  const logins = await read(offset, length, isDescending !== isFromEnd);
  return { accounts: await findInOrder(manager, isFromEnd ? logins.toReversed() : logins), total };
}

interface Slice {
  columns: readonly string[];
  isDescending: boolean;
  offset: number;
  length: number;
}

/** Logins alone: an index has them, and no row is read that is passed over. */
async function readLogins(
  manager: EntityManager,
  parts: readonly Part[],
  { columns, isDescending, offset, length }: Slice,
): Promise<string[]> {
  const ordered = (alias: string) =>
    columns.map((column) => `${alias}.${column} ${isDescending ? 'DESC' : 'ASC'}`).join(', ');
  const selected = [...new Set(['login', ...columns])].map((column) => `one.${column} AS ${column}`).join(', ');
  const found = parts.map(({ select, from, sql, isOrdered }, index) => {
    const all = `${select} ${selected} FROM ${from} WHERE ${sql}`;
    // One part alone is read in its place. Of several none gives more than if the others had nothing.
    if (parts.length === 1 || !isOrdered) return all;
    return `SELECT * FROM (${all} ORDER BY ${ordered('one')} LIMIT ${offset + length}) part${index}`;
  });
  const rows = (await manager.query(
    `SELECT found.login AS login FROM (${found.join(' UNION ALL ')}) found
     ORDER BY ${ordered('found')} LIMIT ${length} OFFSET ${offset}`,
    parts.flatMap(({ values }) => values),
  )) as { login: string }[];
  return rows.map(({ login }) => login);
}

/** More than there will ever be. */
const ALL = 2 ** 31;

/** Of all who pass the filter, in order. */
export const listLogins = (manager: EntityManager, filter: AccountFilter): Promise<string[]> =>
  readLogins(manager, partsOf(filter), { columns: ORDERS.login, isDescending: false, offset: 0, length: ALL });

async function findInOrder(manager: EntityManager, logins: readonly string[]): Promise<Account[]> {
  if (logins.length === 0) return [];
  const accounts = await manager.findBy(AccountRow, { login: In([...logins]) });
  const byLogin = new Map(accounts.map((account) => [account.login, account]));
  return logins.flatMap((login) => byLogin.get(login) ?? []);
}

async function countAccounts(manager: EntityManager, parts: readonly Part[]): Promise<number> {
  const counts = parts.map(({ select, from, sql }) => {
    const counted = select === 'SELECT' ? '*' : 'DISTINCT one.accountId';
    return `(SELECT COUNT(${counted}) FROM ${from} WHERE ${sql})`;
  });
  const [row] = (await manager.query(
    `SELECT ${counts.join(' + ')} AS total`,
    parts.flatMap(({ values }) => values),
  )) as { total: number | string }[];
  return Number(row?.total ?? 0);
}

/** By the main appointment, and, where appointments are asked for, by another one: an index has either, and none has both. */
function partsOf(filter: AccountFilter): Part[] {
  const own = ownConditions(filter);
  const main = appointedAs('one', filter);
  const isOrdered = filter.facilityIds === 'all' && filter.facilityId === undefined;
  const mains: Part = { select: 'SELECT', from: 'account one', isOrdered, ...allOf([...main, ...own]) };
  if (main.length === 0) return [mains];
  const others = allOf([...appointedAs('a', filter), not(allOf(main)), ...own]);
  const from = 'appointment a JOIN account one ON one.accountId = a.accountId';
  return [mains, { select: 'SELECT DISTINCT', from, isOrdered: false, ...others }];
}

/** One and the same appointment is all of this. @param alias of the row that it stands in */
function appointedAs(alias: 'one' | 'a', { facilityIds, facilityId, role }: AccountFilter): Condition[] {
  const conditions: Condition[] = [];
  if (facilityIds !== 'all') {
    const marks = facilityIds.map(() => '?').join(', ');
    const sql = facilityIds.length === 0 ? '1 = 0' : `${alias}.facilityId IN (${marks})`;
    conditions.push({ sql, values: [...facilityIds] });
  }
  if (facilityId !== undefined) conditions.push({ sql: `${alias}.facilityId = ?`, values: [facilityId] });
  if (role !== undefined) conditions.push({ sql: `${alias}.role = ?`, values: [role] });
  return conditions;
}

function ownConditions({ state, search, ...filter }: AccountFilter): Condition[] {
  const conditions: Condition[] = licenceConditions(filter);
  if (state !== undefined) conditions.push({ sql: STATES[state], values: [] });
  if (search !== undefined && search !== '') conditions.push(matching(search));
  return conditions;
}

function matching(search: string): Condition {
  const part = `%${search.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
  // MySQL refuses to compare columns of ASCII with anything else.
  if (!isAscii(part)) return { sql: "one.name LIKE ? ESCAPE '!'", values: [part] };
  // What is typed in pinyin has its spaces where the person likes them.
  const letters = part.replace(/[\s'’]/g, '');
  return {
    sql: "(one.sortKey LIKE ? ESCAPE '!' OR one.login LIKE ? ESCAPE '!' OR one.name LIKE ? ESCAPE '!')",
    values: [letters, part, part],
  };
}

const allOf = (conditions: readonly Condition[]): Condition => ({
  sql: conditions.map(({ sql }) => sql).join(' AND ') || '1 = 1',
  values: conditions.flatMap(({ values }) => values),
});

const not = ({ sql, values }: Condition): Condition => ({ sql: `NOT (${sql})`, values });
