import { type EntityManager, In } from 'typeorm';
import { sortKeyOf } from '../../accounts/sort-key.ts';
import type { AccountStore } from '../../accounts/store.ts';
import { isAscii } from '../columns.ts';
import { insertRow } from '../insert-row.ts';
import { updateRow } from '../update-row.ts';
import { createAppointmentStore } from './appointment-store.ts';
import { createKeyStore } from './key-store.ts';
import { listAccounts, listLogins } from './list-accounts.ts';
import { AccountRow } from './rows.ts';
import { createSessionStore } from './session-store.ts';

export function createAccountStore(manager: EntityManager): AccountStore {
  return {
    ...createAppointmentStore(manager),
    ...createSessionStore(manager),
    ...createKeyStore(manager),
    insert: (account) =>
      insertRow(manager, AccountRow, {
        isDemo: false,
        department: null,
        fromDay: null,
        toDay: null,
        endedAt: null,
        lastAppointmentId: null,
        ...account,
        revision: 1,
        signedInAt: null,
        disabledAt: null,
        disabledReason: null,
        sortKey: sortKeyOf(account.name),
      }),
    count: () => manager.count(AccountRow),
    listAllByRole: (role) => manager.find(AccountRow, { where: { role }, order: { login: 'ASC' } }),
    listPage: (page) => listAccounts(manager, page),
    listLogins: (filter) => listLogins(manager, filter),
    edit: (accountId, revision, data) =>
      updateRow(
        manager,
        AccountRow,
        { accountId, revision },
        { ...data, revision: revision + 1, sortKey: sortKeyOf(data.name) },
      ),
    async setPassword(accountId, passwordHash) {
      await manager.update(AccountRow, { accountId }, { passwordHash });
    },
    async setActive(accountId, standing) {
      await manager.update(AccountRow, { accountId }, { ...standing, revision: () => 'revision + 1' });
    },
    async noteSignIn(accountId, at) {
      await manager.update(AccountRow, { accountId }, { signedInAt: at });
    },
    async noteAppointment(accountId, appointmentId) {
      await manager.update(AccountRow, { accountId }, { lastAppointmentId: appointmentId });
    },
    find: async (accountId) => (await manager.findOneBy(AccountRow, { accountId })) ?? undefined,
    findMany: (accountIds) =>
      accountIds.length === 0 ? Promise.resolve([]) : manager.findBy(AccountRow, { accountId: In(accountIds) }),
    // MySQL refuses to compare a column of ASCII with anything else: no account has such a name.
    findByLogin: async (login) =>
      isAscii(login) ? ((await manager.findOneBy(AccountRow, { login })) ?? undefined) : undefined,
    findByLogins: (logins) => manager.findBy(AccountRow, { login: In(logins) }),
  };
}
