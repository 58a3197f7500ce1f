import { And, type EntityManager, type FindOptionsWhere, LessThan, LessThanOrEqual, MoreThan } from 'typeorm';
import { type ChainedEntry, GENESIS_HASH, hashEntry } from '../audit/chain.ts';
import type { AccessEntry, AuditPage, AuditStore } from '../audit/store.ts';
import { AccessRow, AuditHeadRow, AuditRow } from './audit-rows.ts';
import { insertRow } from './insert-row.ts';

const HEAD_ID = 1;
const WALK_PAGE = 500;

export function createAuditStore(manager: EntityManager): AuditStore {
  const isMysql = manager.connection.options.type === 'mysql';

  return {
    async append(entry) {
      const head = await manager.findOne(AuditHeadRow, {
        where: { headId: HEAD_ID },
        // SQLite has one writer at a time; MySQL's writers wait for each other here.
        ...(isMysql ? { lock: { mode: 'pessimistic_write' as const } } : {}),
      });
      const sequence = (head?.sequence ?? 0) + 1;
      const previousHash = head?.hash ?? GENESIS_HASH;
      const chained = { ...entry, sequence };
      const hash = hashEntry(chained, previousHash);
      await insertRow(manager, AuditRow, { ...chained, previousHash, hash });
      await manager.update(AuditHeadRow, { headId: HEAD_ID }, { sequence, hash });
    },

    list(page) {
      return manager.find(AuditRow, {
        where: {
          ...filter<ChainedEntry>(page),
          ...(page.before === undefined ? {} : { sequence: LessThan(page.before) }),
        },
        order: { sequence: 'DESC' },
        take: page.limit,
      });
    },

    async *walk(untilSequence) {
      let after = Number.MIN_SAFE_INTEGER;
      for (;;) {
        const entries = await manager.find(AuditRow, {
          where: { sequence: And(MoreThan(after), LessThanOrEqual(untilSequence)) },
          order: { sequence: 'ASC' },
          take: WALK_PAGE,
        });
        yield* entries;
        const last = entries.at(-1);
        if (!last || entries.length < WALK_PAGE) return;
        after = last.sequence;
      }
    },

    async head() {
      const head = await manager.findOneBy(AuditHeadRow, { headId: HEAD_ID });
      return head ? { sequence: head.sequence, hash: head.hash } : { sequence: 0, hash: GENESIS_HASH };
    },

    async recordAccess(entry) {
      await manager.insert(AccessRow, entry);
    },

    listAccesses(page) {
      return manager.find(AccessRow, {
        where: {
          ...filter<AccessEntry & { position: number }>(page),
          ...(page.before === undefined ? {} : { position: LessThan(page.before) }),
        },
        order: { position: 'DESC' },
        take: page.limit,
      });
    },
  };
}

function filter<T extends { consultationId: string | null; actorId: string | null }>(
  page: AuditPage,
): FindOptionsWhere<T> {
  return {
    ...(page.consultationId === undefined ? {} : { consultationId: page.consultationId }),
    ...(page.actorId === undefined ? {} : { actorId: page.actorId }),
  } as FindOptionsWhere<T>;
}
