import {
  And,
  type EntityManager,
  type EntitySchema,
  type FindOperator,
  type FindOptionsOrder,
  type FindOptionsWhere,
  In,
  IsNull,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  MoreThanOrEqual,
  type ObjectLiteral,
} from 'typeorm';
import {
  type ChainedAccess,
  type ChainedEntry,
  type ChainHead,
  GENESIS_HASH,
  hashAccess,
  hashEntry,
} from '../../audit/chain.ts';
import type { AuditPage, AuditStore } from '../../audit/store.ts';
import { endOfChinaDay, startOfChinaDay } from '../../patients/china-date.ts';
import { insertRow } from '../insert-row.ts';
import { AccessRow, AuditHeadRow, AuditRow } from './rows.ts';

const ACTS_ID = 1;
const ACCESSES_ID = 2;
const WALK_PAGE = 500;

export function createAuditStore(manager: EntityManager): AuditStore {
  const isMysql = manager.connection.options.type === 'mysql';

  /** Both heads are locked whichever is needed: two transactions that write acts and reads never wait for each other crosswise. */
  async function lockHead(headId: number): Promise<ChainHead> {
    const heads = await manager.find(AuditHeadRow, {
      where: { headId: In([ACTS_ID, ACCESSES_ID]) },
      order: { headId: 'ASC' },
      // SQLite has one writer at a time; MySQL's writers wait for each other here.
      ...(isMysql ? { lock: { mode: 'pessimistic_write' as const } } : {}),
    });
    return toHead(heads.find((head) => head.headId === headId));
  }

  const readHead = async (headId: number) => toHead((await manager.findOneBy(AuditHeadRow, { headId })) ?? undefined);

  async function* walk<T extends ObjectLiteral>(
    row: EntitySchema<T>,
    number: keyof T & string,
    until: number,
  ): AsyncGenerator<T> {
    let after = Number.MIN_SAFE_INTEGER;
    for (;;) {
      const entries = await manager.find(row, {
        where: { [number]: And(MoreThan(after), LessThanOrEqual(until)) } as FindOptionsWhere<T>,
        order: { [number]: 'ASC' } as FindOptionsOrder<T>,
        take: WALK_PAGE,
      });
      yield* entries;
      const last = entries.at(-1);
      if (!last || entries.length < WALK_PAGE) return;
      after = last[number] as number;
    }
  }

  return {
    async append(entry) {
      const head = await lockHead(ACTS_ID);
      const chained = { ...entry, sequence: head.sequence + 1 };
      const hash = hashEntry(chained, head.hash);
      await insertRow(manager, AuditRow, { ...chained, previousHash: head.hash, hash });
      await manager.update(AuditHeadRow, { headId: ACTS_ID }, { sequence: chained.sequence, hash });
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

    walk: (untilSequence) => walk(AuditRow, 'sequence', untilSequence),
    head: () => readHead(ACTS_ID),

    async recordAccess(entry) {
      const head = await lockHead(ACCESSES_ID);
      const chained = { ...entry, position: head.sequence + 1 };
      const hash = hashAccess(chained, head.hash);
      await insertRow(manager, AccessRow, { ...chained, previousHash: head.hash, hash });
      await manager.update(AuditHeadRow, { headId: ACCESSES_ID }, { sequence: chained.position, hash });
    },

    listAccesses(page) {
      return manager.find(AccessRow, {
        where: {
          ...filter<ChainedAccess>(page),
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

    walkAccesses: (untilPosition) => walk(AccessRow, 'position', untilPosition),
    accessHead: () => readHead(ACCESSES_ID),
  };
}

function toHead(row: ChainHead | undefined): ChainHead {
  return row ? { sequence: row.sequence, hash: row.hash } : { sequence: 0, hash: GENESIS_HASH };
}

function filter<T extends { consultationId: string | null; actorId: string | null }>(
  page: AuditPage,
): FindOptionsWhere<T> {
  return {
    ...(page.consultationId === undefined ? {} : { consultationId: page.consultationId }),
    ...(page.actorId === undefined ? {} : { actorId: page.actorId }),
    ...(page.fromDay === undefined && page.toDay === undefined ? {} : { at: within(page) }),
  } as FindOptionsWhere<T>;
}

function within({ fromDay, toDay }: AuditPage): FindOperator<string> {
  const from = MoreThanOrEqual(startOfChinaDay(fromDay ?? '1970-01-02').toISOString());
  return toDay === undefined ? from : And(from, LessThan(endOfChinaDay(toDay).toISOString()));
}
