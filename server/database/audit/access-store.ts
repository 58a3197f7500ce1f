import { type EntityManager, In, LessThan } from 'typeorm';
import { type ChainedAccess, hashAccess } from '../../audit/chain.ts';
import type { AuditStore } from '../../audit/store.ts';
import { insertRow } from '../insert-row.ts';
import { ACCESSES_ID, filterOf, lockHead, moveHead, readHead, walkChain } from './chain-rows.ts';
import { AccessRow } from './rows.ts';

type AccessStore = Pick<AuditStore, 'recordAccess' | 'listAccesses' | 'listAccessesOf' | 'walkAccesses' | 'accessHead'>;

/** The chain of what people read. */
export function createAccessStore(manager: EntityManager): AccessStore {
  return {
    async recordAccess(entry) {
      const head = await lockHead(manager, ACCESSES_ID);
      const chained = { ...entry, position: head.sequence + 1 };
      const hash = hashAccess(chained, head.hash);
      await insertRow(manager, AccessRow, { ...chained, previousHash: head.hash, hash });
      await moveHead(manager, ACCESSES_ID, { sequence: chained.position, hash });
    },

    listAccesses(page) {
      return manager.find(AccessRow, {
        where: {
          ...filterOf<ChainedAccess>(page),
          ...(page.before === undefined ? {} : { position: LessThan(page.before) }),
        },
        order: { position: 'DESC' },
        take: page.limit,
      });
    },

    listAccessesOf({ consultationIds, subjectKinds, subjectIds }, { before, limit }) {
      const page = before === undefined ? {} : { position: LessThan(before) };
      return manager.find(AccessRow, {
        where: [
          { consultationId: In(consultationIds), ...page },
          { subjectKind: In([...subjectKinds]), subjectId: In(subjectIds), ...page },
        ],
        order: { position: 'DESC' },
        take: limit,
      });
    },

    walkAccesses: (untilPosition) => walkChain(manager, AccessRow, 'position', untilPosition),
    accessHead: () => readHead(manager, ACCESSES_ID),
  };
}
