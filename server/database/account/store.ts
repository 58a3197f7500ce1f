import { type EntityManager, In, LessThan, Not } from 'typeorm';
import { sortKeyOf } from '../../accounts/sort-key.ts';
import type { AccountStore } from '../../accounts/store.ts';
import { isAscii } from '../columns.ts';
import { insertRow } from '../insert-row.ts';
import { updateRow } from '../update-row.ts';
import { createAppointmentStore } from './appointment-store.ts';
import { listAccounts, listLogins } from './list-accounts.ts';
import { AccountRow, DraftKeyRow, FormerSigningKeyRow, SessionRow, SigningKeyRow } from './rows.ts';
import { PendingSignInRow } from './second-factor-rows.ts';

export function createAccountStore(manager: EntityManager): AccountStore {
  return {
    ...createAppointmentStore(manager),
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

    insertSession: (session) => insertRow(manager, SessionRow, session),
    findSession: async (by) => (await manager.findOneBy(SessionRow, by)) ?? undefined,
    findSessions: (sessionIds) =>
      sessionIds.length === 0 ? Promise.resolve([]) : manager.findBy(SessionRow, { sessionId: In(sessionIds) }),
    getSession: (sessionId) => manager.findOneByOrFail(SessionRow, { sessionId }),
    async touchSession(sessionId, usedAt) {
      await manager.update(SessionRow, { sessionId }, { usedAt });
    },
    async noteCall(sessionId, callId) {
      await manager.update(SessionRow, { sessionId }, { callId });
    },
    async noteFactor(sessionId, factorAt) {
      await manager.update(SessionRow, { sessionId }, { factorAt });
    },
    async deleteSession(sessionId) {
      await manager.delete(SessionRow, { sessionId });
    },
    listSessions: (accountId) => manager.find(SessionRow, { where: { accountId }, order: { usedAt: 'DESC' } }),
    async deleteSessions(accountId, exceptId) {
      const which = { accountId, ...(exceptId === undefined ? {} : { sessionId: Not(exceptId) }) };
      const sessions = await manager.findBy(SessionRow, which);
      await manager.delete(SessionRow, which);
      await manager.delete(PendingSignInRow, { accountId });
      return sessions.map((session) => session.sessionId);
    },
    async deleteExpiredSessions(now, idleSince) {
      await manager.delete(SessionRow, { expiresAt: LessThan(now) });
      await manager.delete(SessionRow, { kind: 'browser', usedAt: LessThan(idleSince) });
    },

    insertSigningKey: (key) => insertRow(manager, SigningKeyRow, key),
    async keepDraftKey(key) {
      await manager.createQueryBuilder().insert().into(DraftKeyRow).values(key).orIgnore().execute();
    },
    findDraftKey: async (accountId) => (await manager.findOneBy(DraftKeyRow, { accountId }))?.draftKey,
    findSigningKey: async (accountId) => (await manager.findOneBy(SigningKeyRow, { accountId })) ?? undefined,
    async resealSigningKey(keyId, sealedPrivateKey) {
      await manager.update(SigningKeyRow, { keyId }, { sealedPrivateKey });
    },
    async retireSigningKey(accountId, retiredAt) {
      const key = await manager.findOneBy(SigningKeyRow, { accountId });
      if (!key) return;
      const { keyId, algorithm, publicKey, createdAt } = key;
      await insertRow(manager, FormerSigningKeyRow, { keyId, accountId, algorithm, publicKey, createdAt, retiredAt });
      await manager.delete(SigningKeyRow, { keyId });
    },
    async listPublicKeys(accountId) {
      const keys = [
        ...(await manager.findBy(SigningKeyRow, { accountId })),
        ...(await manager.findBy(FormerSigningKeyRow, { accountId })),
      ];
      return keys.map(({ publicKey }) => publicKey);
    },
  };
}
