import { type EntityManager, In, LessThan, Not } from 'typeorm';
import type { AccountStore } from '../../accounts/store.ts';
import { insertRow } from '../insert-row.ts';
import { AccountRow, DraftKeyRow, SessionRow, SigningKeyRow } from './rows.ts';

export function createAccountStore(manager: EntityManager): AccountStore {
  return {
    insert: (account) => insertRow(manager, AccountRow, account),
    count: () => manager.count(AccountRow),
    find: async (accountId) => (await manager.findOneBy(AccountRow, { accountId })) ?? undefined,
    findMany: (accountIds) =>
      accountIds.length === 0 ? Promise.resolve([]) : manager.findBy(AccountRow, { accountId: In(accountIds) }),
    findByLogin: async (login) => (await manager.findOneBy(AccountRow, { login })) ?? undefined,
    findByLogins: (logins) => manager.findBy(AccountRow, { login: In(logins) }),
    listByRole: (role) => manager.findBy(AccountRow, { role, isActive: true }),
    async moveToFacility(fromFacilityId, toFacilityId, but) {
      await manager.update(AccountRow, { facilityId: fromFacilityId, role: Not(but) }, { facilityId: toFacilityId });
    },
    listByFacility: (facilityId, roles) =>
      manager.find(AccountRow, { where: { facilityId, role: In(roles), isActive: true }, order: { name: 'ASC' } }),

    insertSession: (session) => insertRow(manager, SessionRow, session),
    findSession: async (by) => (await manager.findOneBy(SessionRow, by)) ?? undefined,
    findSessions: (sessionIds) =>
      sessionIds.length === 0 ? Promise.resolve([]) : manager.findBy(SessionRow, { sessionId: In(sessionIds) }),
    getSession: (sessionId) => manager.findOneByOrFail(SessionRow, { sessionId }),
    async touchSession(sessionId, usedAt) {
      await manager.update(SessionRow, { sessionId }, { usedAt });
    },
    async deleteSession(sessionId) {
      await manager.delete(SessionRow, { sessionId });
    },
    async deleteSessions(accountId) {
      const sessions = await manager.findBy(SessionRow, { accountId });
      await manager.delete(SessionRow, { accountId });
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
  };
}
