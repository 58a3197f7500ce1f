import { randomUUID } from 'node:crypto';
import { type EntityManager, In, IsNull, LessThan, MoreThanOrEqual } from 'typeorm';
import type { DemonstrationStore } from '../../demonstrations/store.ts';
import { insertRow } from '../insert-row.ts';
import { DemonstrationPresenceRow, DemonstrationRow, DemonstrationServedRow } from './rows.ts';

type PresenceStore = Pick<
  DemonstrationStore,
  | 'insertPresence'
  | 'isPresent'
  | 'isPresentIn'
  | 'notePresences'
  | 'endPresences'
  | 'endPresencesNotedBefore'
  | 'countPresent'
  | 'listPresences'
  | 'listLiveIds'
  | 'noteServed'
  | 'listServed'
>;

/** So many windows in one statement: SQLite takes 32,766 parameters, MySQL's packets fit many times. */
const AT_ONCE = 5000;

export function createPresenceStore(manager: EntityManager): PresenceStore {
  const open = { toAt: IsNull() };
  return {
    insertPresence: (presence) => insertRow(manager, DemonstrationPresenceRow, presence),
    isPresent: (demonstrationId, windowId) =>
      manager.existsBy(DemonstrationPresenceRow, { demonstrationId, windowId, ...open }),
    async isPresentIn(windowId, state) {
      const found = await manager.findBy(DemonstrationPresenceRow, { windowId, ...open });
      const demonstrationId = In(found.map((one) => one.demonstrationId));
      return found.length > 0 && (await manager.existsBy(DemonstrationRow, { demonstrationId, state }));
    },
    async notePresences(windowIds, at) {
      for (let from = 0; from < windowIds.length; from += AT_ONCE) {
        const windowId = In(windowIds.slice(from, from + AT_ONCE));
        await manager.update(DemonstrationPresenceRow, { windowId, ...open }, { lastSeenAt: at.toISOString() });
      }
    },
    async endPresences(of, at) {
      const now = at.toISOString();
      await manager.update(DemonstrationPresenceRow, { ...of, ...open }, { toAt: now, lastSeenAt: now, hasLeft: true });
    },
    async endPresencesNotedBefore(at) {
      await manager
        .createQueryBuilder()
        .update(DemonstrationPresenceRow)
        .set({ toAt: () => 'lastSeenAt' })
        .where({ ...open, lastSeenAt: LessThan(at.toISOString()) })
        .execute();
    },
    async countPresent(demonstrationId, since) {
      const found = await manager
        .createQueryBuilder(DemonstrationPresenceRow, 'p')
        .select('COUNT(DISTINCT p.accountId)', 'present')
        .where({ demonstrationId, ...open, lastSeenAt: MoreThanOrEqual(since.toISOString()) })
        .getRawOne<{ present: number | string }>();
      return Number(found?.present ?? 0);
    },
    listPresences: (demonstrationId) =>
      manager.find(DemonstrationPresenceRow, {
        where: { demonstrationId },
        order: { fromAt: 'ASC', presenceId: 'ASC' },
      }),
    async listLiveIds() {
      const live = await manager.find(DemonstrationRow, {
        select: { demonstrationId: true },
        where: { state: 'live' },
      });
      return live.map(({ demonstrationId }) => demonstrationId);
    },
    async noteServed(demonstrationIds, at, since) {
      const toAt = at.toISOString();
      for (const demonstrationId of demonstrationIds) {
        const last = await manager.findOne(DemonstrationServedRow, {
          where: { demonstrationId, toAt: MoreThanOrEqual(since.toISOString()) },
          order: { toAt: 'DESC' },
        });
        const row = { servedId: randomUUID(), demonstrationId, fromAt: toAt, toAt };
        if (!last) await insertRow(manager, DemonstrationServedRow, row);
        else if (last.toAt < toAt) await manager.update(DemonstrationServedRow, { servedId: last.servedId }, { toAt });
      }
    },
    listServed: (demonstrationId) => manager.findBy(DemonstrationServedRow, { demonstrationId }),
  };
}
