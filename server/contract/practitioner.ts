import { z } from 'zod';
import { CalendarDate, Id, Sha256 } from './primitives.ts';

/** Physicians Law of the PRC (2022), article 14: the categories in which a physician is registered. */
export const LicenceCategory = z.enum(['clinical', 'chinese-medicine', 'dental', 'public-health']);
export type LicenceCategory = z.infer<typeof LicenceCategory>;

/** An assistant practises under a physician's guidance (Physicians Law of the PRC, article 34). */
export const LicenceGrade = z.enum(['full', 'assistant']);
export type LicenceGrade = z.infer<typeof LicenceGrade>;

/** How a licence stands on a day. `unrecorded`: none is on file here, which stops nobody. */
export const LicenceState = z.enum(['unrecorded', 'upcoming', 'valid', 'expired']);
export type LicenceState = z.infer<typeof LicenceState>;

/** Sources disagree on what its digits mean: only the length is checked. */
export const LICENCE_NUMBER_LENGTH = 15;
/** Of the certificate of qualification, which embeds the ID-card number: it is neither kept nor shown. */
const QUALIFICATION_NUMBER_LENGTHS: readonly number[] = [24, 27];

export type LicenceNumberFault = 'licence-number-length' | 'licence-number-qualification';

/** What is wrong with a licence's number as it is typed; spaces and hyphens between its letters do not count. */
export function findLicenceNumberFault(typed: string): LicenceNumberFault | undefined {
  const text = plainLicenceNumber(typed);
  if (QUALIFICATION_NUMBER_LENGTHS.includes(text.length)) return 'licence-number-qualification';
  return /^[0-9A-Z]+$/.test(text) && text.length === LICENCE_NUMBER_LENGTH ? undefined : 'licence-number-length';
}

export const plainLicenceNumber = (typed: string): string =>
  typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();

export const MAX_SPECIALTIES = 10;

/** What is known of a person as one who practises medicine. */
export const PractitionerData = z.object({
  licenceNumber: z.string().trim().max(64).nullable(),
  category: LicenceCategory.nullable(),
  grade: LicenceGrade.nullable(),
  /** Days in China, both included; null: no such day is known. */
  validFrom: CalendarDate.nullable(),
  validTo: CalendarDate.nullable(),
  /** The day from which they have practised without supervision. */
  independentSince: CalendarDate.nullable(),
  specialties: z.array(z.string().trim().min(1).max(64)).max(MAX_SPECIALTIES),
});
export type PractitionerData = z.infer<typeof PractitionerData>;

/** `revision`: the one that it was made on; 0: nothing was recorded yet. */
export const PractitionerInput = PractitionerData.extend({ revision: z.number().int().min(0) });
export type PractitionerInput = z.infer<typeof PractitionerInput>;

/** A licence today, for whoever has it and those who answer for them. */
export const LicenceView = z.object({
  state: LicenceState,
  validTo: CalendarDate.nullable(),
  /** Days after today on which it is still valid; null: no end is known, or it is over. */
  daysLeft: z.number().int().nullable(),
});
export type LicenceView = z.infer<typeof LicenceView>;

export const PractitionerView = PractitionerData.extend({
  accountId: Id,
  revision: z.number().int(),
  licence: LicenceView,
  /** Whole years of independent practice until today. */
  yearsIndependent: z.number().int().nullable(),
  photoSha256: Sha256.nullable(),
});
export type PractitionerView = z.infer<typeof PractitionerView>;
