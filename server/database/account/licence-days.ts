import type { Licence } from '../../licences/licence.ts';

/**
 * A licence as the account's own row repeats it, `YYYY-MM-DD`: both null where none is on file; the first and the last day of all
 * where it names none. So one index holds all that a list of people asks.
 */
export function licenceDays({ licenceNumber, validFrom, validTo }: Licence) {
  if (licenceNumber === null) return { licenceFrom: null, licenceTo: null };
  return { licenceFrom: validFrom ?? '0000-01-01', licenceTo: validTo ?? '9999-12-31' };
}
