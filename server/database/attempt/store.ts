import { type EntityManager, In, IsNull, LessThan, MoreThan, Not } from 'typeorm';
import type { AttemptStore } from '../../accounts/attempt-store.ts';
import { AttemptRow, KnownOriginRow } from './rows.ts';

/** Attempts older than this decide nothing any more. */
const KEPT_MS = 24 * 3_600_000;

export function createAttemptStore(manager: EntityManager): AttemptStore {
  const isMysql = manager.connection.options.type === 'mysql';
  return {
    async take(key, { at, loginKey, accountId, most, lockMs }) {
      const now = at.toISOString();
      await manager.delete(AttemptRow, { attemptedAt: LessThan(new Date(at.getTime() - KEPT_MS).toISOString()) });
      // Of two first attempts at once both find the row.
      await manager.query(
        isMysql
          ? 'INSERT IGNORE INTO sign_in_attempt (attemptKey, attempts, attemptedAt) VALUES (?, 0, ?)'
          : 'INSERT INTO sign_in_attempt (attemptKey, attempts, attemptedAt) VALUES (?, 0, ?) ON CONFLICT DO NOTHING',
        [key, now],
      );
      const found = await manager.findOneOrFail(AttemptRow, {
        where: { attemptKey: key },
        ...(isMysql ? { lock: { mode: 'pessimistic_write' as const } } : {}),
      });
      const lockedMs = found.lockedUntil === null ? 0 : Date.parse(found.lockedUntil) - at.getTime();
      if (lockedMs > 0) return { lockedS: Math.ceil(lockedMs / 1000), isLocking: false };
      const isStale = found.lockedUntil !== null || at.getTime() - Date.parse(found.attemptedAt) > lockMs;
      const attempts = isStale ? 1 : found.attempts + 1;
      const isLocking = attempts >= most;
      const lockedUntil = isLocking ? new Date(at.getTime() + lockMs).toISOString() : null;
      await manager.update(
        AttemptRow,
        { attemptKey: key },
        { attempts, attemptedAt: now, lockedUntil, loginKey, accountId },
      );
      return { lockedS: 0, isLocking };
    },
    async clear(keys) {
      await manager.delete(AttemptRow, { attemptKey: In([...keys]) });
    },
    async clearLogin(loginKey) {
      await manager.delete(AttemptRow, { loginKey });
    },
    async listLocked(at) {
      const rows = await manager.findBy(AttemptRow, {
        lockedUntil: MoreThan(at.toISOString()),
        accountId: Not(IsNull()),
      });
      return rows.flatMap(({ accountId, attemptedAt, lockedUntil }) =>
        accountId === null || lockedUntil === null ? [] : [{ accountId, since: attemptedAt, until: lockedUntil }],
      );
    },
    async remember(key, at) {
      await manager.upsert(KnownOriginRow, { originKey: key, usedAt: at }, ['originKey']);
    },
    async isKnown(key, since) {
      const found = await manager.findOneBy(KnownOriginRow, { originKey: key });
      return found !== null && found.usedAt >= since;
    },
  };
}
