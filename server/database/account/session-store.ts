import { type EntityManager, In, LessThan, Not } from 'typeorm';
import type { AccountStore } from '../../accounts/store.ts';
import { insertRow } from '../insert-row.ts';
import { SessionRow } from './rows.ts';
import { PendingSignInRow } from './second-factor-rows.ts';

type SessionStore = Pick<
  AccountStore,
  | 'insertSession'
  | 'findSession'
  | 'findSessions'
  | 'getSession'
  | 'touchSession'
  | 'noteCall'
  | 'noteFactor'
  | 'deleteSession'
  | 'listSessions'
  | 'deleteSessions'
  | 'deleteExpiredSessions'
>;

export function createSessionStore(manager: EntityManager): SessionStore {
  return {
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
  };
}
