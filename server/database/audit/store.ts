import { type EntityManager, type FindOptionsWhere, In, IsNull, LessThan } from 'typeorm';
import { type ChainedEntry, hashEntry } from '../../audit/chain.ts';
import type { AuditStore } from '../../audit/store.ts';
import { insertRow } from '../insert-row.ts';
import { createAccessStore } from './access-store.ts';
import { ACTS_ID, filterOf, lockHead, moveHead, readHead, walkChain } from './chain-rows.ts';
import { AuditRow } from './rows.ts';

export function createAuditStore(manager: EntityManager): AuditStore {
  return {
    ...createAccessStore(manager),

    async append(entry) {
      const head = await lockHead(manager, ACTS_ID);
      const chained = { ...entry, sequence: head.sequence + 1 };
      const hash = hashEntry(chained, head.hash);
      await insertRow(manager, AuditRow, { ...chained, previousHash: head.hash, hash });
      await moveHead(manager, ACTS_ID, { sequence: chained.sequence, hash });
    },

    list(page) {
      return manager.find(AuditRow, {
        where: {
          ...filterOf<ChainedEntry>(page),
          ...(page.before === undefined ? {} : { sequence: LessThan(page.before) }),
        },
        order: { sequence: 'DESC' },
        take: page.limit,
      });
    },

    listOfSubject: (subject, { before, limit }) =>
      manager.find(AuditRow, {
        where: { ...subject, ...(before === undefined ? {} : { sequence: LessThan(before) }) },
        order: { sequence: 'DESC' },
        take: limit,
      }),
    listOfPerson({ accountId, actions, appointmentIds }, { before, limit }) {
      const page = before === undefined ? {} : { sequence: LessThan(before) };
      const own: FindOptionsWhere<ChainedEntry>[] =
        accountId === null
          ? []
          : [
              { subjectId: accountId, subjectKind: 'account', action: In([...actions]), ...page },
              { actorId: accountId, subjectKind: 'security-key', ...page },
            ];
      return manager.find(AuditRow, {
        where: [...own, { subjectId: In([...appointmentIds]), subjectKind: 'appointment', ...page }],
        order: { sequence: 'DESC' },
        take: limit,
      });
    },
    async listOfRoles({ roles, actorIds, subjectKinds }, { before, limit }) {
      const about = {
        subjectKind: In([...subjectKinds]),
        consultationId: IsNull(),
        ...(before === undefined ? {} : { sequence: LessThan(before) }),
      };
      const find = (who: FindOptionsWhere<ChainedEntry>) =>
        manager.find(AuditRow, { where: { ...who, ...about }, order: { sequence: 'DESC' }, take: limit });
      const kept = await find({ actorRole: In([...roles]) });
      const older = actorIds.length === 0 ? [] : await find({ actorRole: IsNull(), actorId: In([...actorIds]) });
      return [...kept, ...older].toSorted((one, other) => other.sequence - one.sequence).slice(0, limit);
    },
    listOfAccount: (accountId, actions, limit) =>
      manager.find(AuditRow, {
        where: [
          { actorId: accountId, action: In([...actions]) },
          { subjectId: accountId, action: In([...actions]) },
        ],
        order: { sequence: 'DESC' },
        take: limit,
      }),

    walk: (untilSequence) => walkChain(manager, AuditRow, 'sequence', untilSequence),
    head: () => readHead(manager, ACTS_ID),
  };
}
