import {
  And,
  type EntityManager,
  type EntitySchema,
  type FindOperator,
  type FindOptionsOrder,
  type FindOptionsWhere,
  In,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  MoreThanOrEqual,
  type ObjectLiteral,
} from 'typeorm';
import { type ChainHead, GENESIS_HASH } from '../../audit/chain.ts';
import type { AuditPage } from '../../audit/store.ts';
import { endOfChinaDay, startOfChinaDay } from '../../patients/china-date.ts';
import { AuditHeadRow } from './rows.ts';

/** Of acts and of reads: the head of each chain is a row. */
export const ACTS_ID = 1;
export const ACCESSES_ID = 2;
const WALK_PAGE = 500;

/** Both heads are locked whichever is needed: two transactions that write acts and reads never wait for each other crosswise. */
export async function lockHead(manager: EntityManager, headId: number): Promise<ChainHead> {
  const isMysql = manager.connection.options.type === 'mysql';
  const heads = await manager.find(AuditHeadRow, {
    where: { headId: In([ACTS_ID, ACCESSES_ID]) },
    order: { headId: 'ASC' },
    // SQLite has one writer at a time; MySQL's writers wait for each other here.
    ...(isMysql ? { lock: { mode: 'pessimistic_write' as const } } : {}),
  });
  return toHead(heads.find((head) => head.headId === headId));
}

export async function readHead(manager: EntityManager, headId: number): Promise<ChainHead> {
  return toHead((await manager.findOneBy(AuditHeadRow, { headId })) ?? undefined);
}

function toHead(row: ChainHead | undefined): ChainHead {
  return row ? { sequence: row.sequence, hash: row.hash } : { sequence: 0, hash: GENESIS_HASH };
}

export async function moveHead(manager: EntityManager, headId: number, head: ChainHead): Promise<void> {
  await manager.update(AuditHeadRow, { headId }, head);
}

/** All rows of a chain up to one, oldest first, in pieces. */
export async function* walkChain<T extends ObjectLiteral>(
  manager: EntityManager,
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

export function filterOf<T extends { consultationId: string | null; actorId: string | null }>(
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
