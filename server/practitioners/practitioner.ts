import { Failure, findLicenceNumberFault, type PractitionerData, plainLicenceNumber } from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';
import { ageYears } from '../patients/patient.ts';

/** What is on file of a person as one who practises medicine, beside their account. */
export interface Practitioner extends PractitionerData {
  accountId: string;
  /** Rises with every change. */
  revision: number;
}

export const NOTHING_RECORDED: PractitionerData = {
  licenceNumber: null,
  category: null,
  grade: null,
  validFrom: null,
  validTo: null,
  independentSince: null,
  specialties: [],
};

/** Whole years, counted as a birthday is. */
export function yearsIndependent(
  { independentSince }: Pick<PractitionerData, 'independentSince'>,
  at: Date,
): number | null {
  return independentSince === null ? null : ageYears(independentSince, chinaDate(at));
}

/**
 * The data as they are kept: the licence's number plain.
 * @throws Failure invalid-message / licence-number-length, licence-number-qualification, licence-dates, independent-in-future
 */
export function checkedPractitioner(typed: PractitionerData, at: Date): PractitionerData {
  const licenceNumber = plainLicenceNumber(typed.licenceNumber ?? '');
  const fault = licenceNumber === '' ? undefined : findLicenceNumberFault(licenceNumber);
  // The number itself is in no message: a log is no place for what embeds an ID-card number.
  if (fault) throw new Failure('invalid-message', 'not a licence number', { reason: fault, fields: ['licenceNumber'] });
  const { validFrom, validTo, independentSince } = typed;
  if (validFrom !== null && validTo !== null && validTo < validFrom)
    throw new Failure('invalid-message', 'ends before it begins', { reason: 'licence-dates', fields: ['validTo'] });
  if (independentSince !== null && independentSince > chinaDate(at))
    throw new Failure('invalid-message', 'a day that is still to come', {
      reason: 'independent-in-future',
      fields: ['independentSince'],
    });
  return { ...typed, licenceNumber: licenceNumber || null, specialties: [...new Set(typed.specialties)] };
}
