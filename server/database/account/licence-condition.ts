import type { AccountFilter } from '../../accounts/store.ts';
import type { LicenceFilter } from '../../contract/index.ts';
import { PRACTISING_ROLES } from '../../licences/licence.ts';

type Days = Record<'today' | 'soon', string>;

const ON_FILE = 'SELECT 1 FROM practitioner p WHERE p.accountId = one.accountId AND p.licenceNumber IS NOT NULL';
const BEGUN = '(p.validFrom IS NULL OR p.validFrom <= ?)';

/**
 * As `licenceState` of the licences' model, in the words of the database; with the days that its marks stand for. Of the two states in which
 * nearly all are a value is asked for, which is looked up person by person; the others are found from their day.
 */
const LICENCES: Record<LicenceFilter, { sql: string; days: readonly (keyof Days)[] }> = {
  unrecorded: { sql: `(${ON_FILE} LIMIT 1) IS NULL`, days: [] },
  upcoming: { sql: `EXISTS (${ON_FILE} AND p.validFrom > ?)`, days: ['today'] },
  expired: { sql: `EXISTS (${ON_FILE} AND ${BEGUN} AND p.validTo < ?)`, days: ['today', 'today'] },
  valid: {
    sql: `(${ON_FILE} AND ${BEGUN} AND (p.validTo IS NULL OR p.validTo >= ?) LIMIT 1) = 1`,
    days: ['today', 'today'],
  },
  expiring: {
    sql: `EXISTS (${ON_FILE} AND ${BEGUN} AND p.validTo >= ? AND p.validTo <= ?)`,
    days: ['today', 'today', 'soon'],
  },
};

/**
 * Accounts, each called `one`, whose licence stands so. Those that are administered elsewhere are left out: of them it would tell what is
 * not the caller's to know.
 */
export function licenceConditions({ facilityIds, licence }: AccountFilter): { sql: string; values: string[] }[] {
  if (licence === undefined) return [];
  const marks = (values: readonly string[]) => values.map(() => '?').join(', ');
  const { sql, days } = LICENCES[licence.is];
  const conditions = [
    { sql: `one.role IN (${marks(PRACTISING_ROLES)})`, values: [...PRACTISING_ROLES] as string[] },
    { sql, values: days.map((day) => licence[day]) },
  ];
  if (facilityIds === 'all') return conditions;
  const own = facilityIds.length === 0 ? '1 = 0' : `one.facilityId IN (${marks(facilityIds)})`;
  return [...conditions, { sql: own, values: [...facilityIds] }];
}
