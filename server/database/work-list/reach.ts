import type { EntityManager } from 'typeorm';
import type { WorkListReader } from '../../cases/store.ts';
import { hasMoreGrants } from '../consultation/few-grants.ts';

/**
 * From where a list is read. Neither database can know: some people see ten cases of two million, some three hundred thousand.
 * `grants`: the reader's own cases are gone through. `cases`: all cases in the list's order, until a page is full.
 */
export type Reach = 'grants' | 'cases';

/** So many cases are gone through within a tenth of a second. */
const MOST_GRANTS = 12_000;

export async function reachOf(manager: EntityManager, reader: WorkListReader): Promise<Reach> {
  return (await hasMoreGrants(manager, reader, MOST_GRANTS)) ? 'cases' : 'grants';
}

const HELD =
  'g.accountId = :me AND g.facilityId = :home AND g.fromAt <= :at AND (g.endedAt IS NULL OR g.endedAt > :at)';

/** A grant of the reader's on the case `c`. */
export const GRANT = `SELECT 1 FROM consultation_grant g WHERE g.consultationId = c.consultationId AND ${HELD}`;

/** A grant `g` that fits the person's role and facility of today: `access/may.ts` then always allows at least to look. */
export const isFitting = ({ bases }: WorkListReader): string =>
  bases.length === 0 ? '1 = 0' : `${HELD} AND g.basis IN (:...bases)`;

/** Whether there is one on the case `c`. What is compared with a value is looked up case by case by both databases. */
export function isVisible(reader: WorkListReader, reach: Reach): string {
  if (reach === 'grants')
    return `c.consultationId IN (SELECT g.consultationId FROM consultation_grant g WHERE ${isFitting(reader)})`;
  return `(SELECT 1 FROM consultation_grant g WHERE g.consultationId = c.consultationId AND ${isFitting(reader)} LIMIT 1) = 1`;
}

export function visibleParameters({ accountId, facilityId, at, bases }: WorkListReader) {
  return { me: accountId, home: facilityId, at: at.toISOString(), bases };
}

/**
 * The state of the case, for a condition. @param isSearched whether the index of states may be used: an expression keeps both databases
 * from it, who would take a state in which nearly all cases are for one in which few are.
 */
export const stateColumn = (isSearched: boolean): string => (isSearched ? 'c.state' : "COALESCE(c.state, '')");
