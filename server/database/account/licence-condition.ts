import type { AccountFilter } from '../../accounts/store.ts';
import type { LicenceFilter } from '../../contract/index.ts';
import { type Licence, PRACTISING_ROLES } from '../../licences/licence.ts';

type Days = Record<'today' | 'soon', string>;

/** An expression keeps both databases from taking an index for what nearly all are: they are read in their order. */
const [FROM, TO] = ["COALESCE(one.licenceFrom, '')", "COALESCE(one.licenceTo, '')"];

/** As `licenceState` of the licences' model, of the days beside the account; with the days that its marks stand for. */
const LICENCES: Record<LicenceFilter, { sql: string; days: readonly (keyof Days)[] }> = {
  unrecorded: { sql: `${FROM} = ''`, days: [] },
  upcoming: { sql: 'one.licenceFrom > ?', days: ['today'] },
  expired: { sql: 'one.licenceFrom <= ? AND one.licenceTo < ?', days: ['today', 'today'] },
  valid: { sql: `${FROM} > '' AND ${FROM} <= ? AND ${TO} >= ?`, days: ['today', 'today'] },
  expiring: {
    sql: 'one.licenceFrom <= ? AND one.licenceTo >= ? AND one.licenceTo <= ?',
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
    { sql: `COALESCE(one.role, '') IN (${marks(PRACTISING_ROLES)})`, values: [...PRACTISING_ROLES] as string[] },
    { sql, values: days.map((day) => licence[day]) },
  ];
  if (facilityIds === 'all') return conditions;
  const own = facilityIds.length === 0 ? '1 = 0' : `one.facilityId IN (${marks(facilityIds)})`;
  return [...conditions, { sql: own, values: [...facilityIds] }];
}

/**
 * A licence as the account's own row repeats it, `YYYY-MM-DD`: both null where none is on file; the first and the last day of all
 * where it names none. So one index holds all that a list of people asks.
 */
export function licenceDays({ licenceNumber, validFrom, validTo }: Licence) {
  if (licenceNumber === null) return { licenceFrom: null, licenceTo: null };
  return { licenceFrom: validFrom ?? '0000-01-01', licenceTo: validTo ?? '9999-12-31' };
}
