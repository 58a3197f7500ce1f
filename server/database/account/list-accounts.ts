import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { Account, AccountFilter, AccountPage } from '../../accounts/store.ts';
import type { PeopleSort, PersonState } from '../../contract/index.ts';
import { isAscii } from '../columns.ts';
import { type AccountRecord, AccountRow } from './rows.ts';

const STATES: Record<PersonState, string> = {
  disabled: 'account.isActive = 0',
  invited: "account.isActive = 1 AND account.passwordHash = ''",
  active: "account.isActive = 1 AND account.passwordHash <> ''",
};

const COLUMNS: Record<PeopleSort, string> = {
  name: 'account.sortKey',
  login: 'account.login',
  role: 'account.role',
  'signed-in': 'account.signedInAt',
};

/** One page of accounts. Those alike in what is sorted by follow each other by their login: each comes on one page. */
export async function listAccounts(
  manager: EntityManager,
  { sort, order, page, limit, ...filter }: AccountPage,
): Promise<{ accounts: Account[]; total: number }> {
  const direction = order === 'ascending' ? 'ASC' : 'DESC';
  const found = filtered(manager.createQueryBuilder(AccountRow, 'account'), filter);
  const [accounts, total] = await found
    .orderBy(COLUMNS[sort], direction)
    .addOrderBy('account.login', direction)
    .skip((page - 1) * limit)
    .take(limit)
    .getManyAndCount();
  return { accounts, total };
}

/** One and the same appointment, the main one or another, is all of this. @param conditions on `@`. */
function hasAppointment(conditions: readonly string[]): string {
  const on = (alias: string) => conditions.join(' AND ').replaceAll('@', alias);
  return `((${on('account')}) OR EXISTS (SELECT 1 FROM appointment a WHERE a.accountId = account.accountId AND ${on('a')}))`;
}

function filtered(
  query: SelectQueryBuilder<AccountRecord>,
  { facilityIds, search, role, facilityId, state }: AccountFilter,
): SelectQueryBuilder<AccountRecord> {
  const appointed: string[] = [];
  if (facilityIds !== 'all') appointed.push(facilityIds.length === 0 ? '1 = 0' : '@.facilityId IN (:...facilityIds)');
  if (facilityId !== undefined) appointed.push('@.facilityId = :facilityId');
  if (role !== undefined) appointed.push('@.role = :role');
  if (appointed.length > 0) query.andWhere(hasAppointment(appointed), { facilityIds, facilityId, role });
  if (state !== undefined) query.andWhere(STATES[state]);
  if (search !== undefined && search !== '') {
    const part = `%${search.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
    // What is typed in pinyin has its spaces where the person likes them.
    const letters = part.replace(/[\s'’]/g, '');
    const found = ["account.name LIKE :part ESCAPE '!'"];
    // MySQL refuses to compare columns of ASCII with anything else.
    if (isAscii(part)) found.push("account.login LIKE :part ESCAPE '!'", "account.sortKey LIKE :letters ESCAPE '!'");
    query.andWhere(`(${found.join(' OR ')})`, { part, letters });
  }
  return query;
}
