import { Brackets, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { statesOfList } from '../../cases/kinds/case-kinds.ts';
import type { WorkListReader } from '../../cases/store.ts';
import type { ConsultationState, WorkListFilter, WorkListName } from '../../contract/index.ts';
import { endOfChinaDay, startOfChinaDay } from '../../patients/china-date.ts';
import { GRANT, stateColumn } from './reach.ts';

/** Whether all cases of the network that pass the filter are few: those that are under way, not what has gathered over the years. */
export function isFewOfAll({ list, state }: WorkListFilter): boolean {
  const finished = statesOf('finished');
  return state === undefined ? list !== undefined && list !== 'finished' : !finished.includes(state);
}

const statesOf = (list: Exclude<WorkListName, 'mine'>): ConsultationState[] =>
  statesOfList(list).flatMap(({ states }) => states);

/** Restricts the cases `c` to what was searched and chosen. @param byState whether they are to be found by their state */
export function restrictToFilter<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  reader: WorkListReader,
  { list, search, state, urgency, kind, facilityId, fromDay, toDay }: WorkListFilter,
  byState: boolean,
): SelectQueryBuilder<T> {
  const column = stateColumn(byState);
  if (list === 'mine') {
    const waiting = waitingFor(reader, column);
    query.andWhere(waiting.sql, waiting.parameters);
    // The same once more, in the words of the index.
    if (byState) query.andWhere('c.state IN (:...waiting)', { waiting: [...statesWaiting(reader)] });
  } else if (list) {
    query.andWhere(inList(list, column));
    if (byState) query.andWhere('c.state IN (:...listed)', { listed: [...new Set(statesOf(list))] });
  }
  if (state) query.andWhere(`${column} = :state`, { state });
  if (urgency) query.andWhere('c.urgency = :urgency', { urgency });
  if (facilityId) query.andWhere('(c.requesterFacilityId = :of OR c.invitedFacilityId = :of)', { of: facilityId });
  if (kind)
    query.andWhere('EXISTS (SELECT 1 FROM material m WHERE m.consultationId = c.consultationId AND m.kind = :kind)', {
      kind,
    });
  if (fromDay) query.andWhere('c.createdAt >= :from', { from: startOfChinaDay(fromDay).toISOString() });
  if (toDay) query.andWhere('c.createdAt < :until', { until: endOfChinaDay(toDay).toISOString() });
  if (search) {
    const found = matching(reader, search);
    query.andWhere(`(${found.sql})`, found.parameters);
  }
  return query;
}

/**
 * Whether the case `c` is one that was searched. A patient is found by name only by their own requester: for anyone else a search that
 * finds would tell the name that the list masks.
 */
export function matching(
  { accountId }: WorkListReader,
  search: string,
): { sql: string; parameters: Record<string, unknown> } {
  const like = `%${search.replace(/[!%_]/g, '!$&')}%`;
  // Case numbers are ASCII; MySQL compares such a column with nothing else.
  const isAscii = /^[\x20-\x7e]+$/.test(search);
  // Hospitals are looked for once, not for each case.
  const hospitals = "(SELECT f.facilityId FROM facility f WHERE f.name LIKE :like ESCAPE '!')";
  const any = [
    ...(isAscii ? ["c.caseNumber LIKE :upper ESCAPE '!'"] : []),
    "c.diagnosis LIKE :like ESCAPE '!'",
    "(c.requesterId = :me AND JSON_EXTRACT(c.patient, '$.name') LIKE :like ESCAPE '!')",
    `c.requesterFacilityId IN ${hospitals}`,
    `c.invitedFacilityId IN ${hospitals}`,
  ];
  return { sql: any.join(' OR '), parameters: { like, upper: like.toUpperCase(), me: accountId } };
}

function inList(list: Exclude<WorkListName, 'mine'>, column: string): Brackets {
  return new Brackets((any) => {
    any.where('1 = 0');
    for (const { kind, states } of statesOfList(list))
      if (states.length > 0)
        any.orWhere(`(c.kind = :${kind}Kind AND ${column} IN (:...${kind}Listed))`, {
          [`${kind}Kind`]: kind,
          [`${kind}Listed`]: states,
        });
  });
}

/** No state at all is no list for a database. */
const statesWaiting = ({ waitsFor }: WorkListReader): Set<string> =>
  new Set(waitsFor.length === 0 ? [''] : waitsFor.flatMap(({ states }) => states));

/** Whether the case `c` waits for the reader. */
export function waitingFor(
  { waitsFor }: WorkListReader,
  column: string,
): { sql: string; parameters: Record<string, unknown> } {
  const any = waitsFor.map(({ side, whileAmending }, index) => {
    const ofSide = side ? ` AND c.requesterFacilityId ${side === 'home' ? '=' : '<>'} :home` : '';
    const amending = whileAmending ? ' AND c.amendment IS NOT NULL' : '';
    const granted = `EXISTS (${GRANT} AND g.basis = :waitBasis${index})`;
    return `(c.kind = :waitKind${index} AND ${column} IN (:...waits${index}) AND ${granted}${ofSide}${amending})`;
  });
  const parameters = waitsFor.map(({ kind, states, basis }, index) => ({
    [`waitKind${index}`]: kind,
    [`waits${index}`]: states,
    [`waitBasis${index}`]: basis,
  }));
  return { sql: `(${any.join(' OR ') || '1 = 0'})`, parameters: Object.assign({}, ...parameters) };
}
