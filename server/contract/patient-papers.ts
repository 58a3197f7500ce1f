import { z } from 'zod';

/**
 * Documents that tell who a patient is. `id-card` is also the residence permit for people of Hong Kong, Macao and Taiwan, whose
 * number is built the same, and the number in a household register. `none`: none can be given, with a reason.
 */
export const DocumentKind = z.enum([
  'id-card',
  'passport',
  'hk-macao-permit',
  'taiwan-permit',
  'foreign-residence-card',
  'birth-certificate',
  'military-id',
  'other',
  'none',
]);
export type DocumentKind = z.infer<typeof DocumentKind>;

/** Why no document can be given. `unidentified`: nobody knows who it is; only then may the birth date be missing. */
export const DocumentAbsence = z.enum(['unidentified', 'newborn', 'not-at-hand', 'never-issued', 'other']);
export type DocumentAbsence = z.infer<typeof DocumentAbsence>;

export const Papers = z.object({
  document: DocumentKind,
  /** Only where `document` is `none`. */
  absence: DocumentAbsence.nullable(),
  /** In words: where found, whose child; compulsory for `other`. */
  note: z.string().max(200),
  phoneAbsent: z.boolean(),
  /** Of an unidentified person, in years. */
  estimatedAgeYears: z.number().int().min(0).max(130).nullable(),
});
export type Papers = z.infer<typeof Papers>;

/** Of whoever says nothing else: an ID card and a telephone. */
export const USUAL_PAPERS: Papers = {
  document: 'id-card',
  absence: null,
  note: '',
  phoneAbsent: false,
  estimatedAgeYears: null,
};

/**
 * What a number of each document can look like. Passports: ICAO Doc 9303-4 and what older ones bear; permits for Hong Kong and
 * Macao (H, M) and Taiwan as the National Immigration Administration issues them; birth certificates a letter and nine digits.
 * Numbers with a check character are checked elsewhere.
 */
const FORMATS: Record<Exclude<DocumentKind, 'id-card' | 'foreign-residence-card' | 'none'>, RegExp> = {
  passport: /^(?=.*\d)[A-Z0-9]{5,15}$/,
  'hk-macao-permit': /^[HM]\d{8}(\d{2})?$/,
  'taiwan-permit': /^\d{8}(\d{2}[A-Z]?)?$/,
  'birth-certificate': /^[A-Z]\d{9}$/,
  'military-id': /^(\p{Script=Han}{1,3}字第?)?\d{4,8}号?$/u,
  other: /^[\p{L}\p{N}/-]{3,32}$/u,
};

/** The older foreign permanent resident card: three letters of the country and twelve digits. The newer one is built as an ID number. */
const OLD_RESIDENCE_CARD = /^[A-Z]{3}\d{12}$/;

/** As it is stored and compared: without spaces, full-width characters made plain, letters large. */
export function cleanDocumentNumber(typed: string): string {
  return typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();
}

/** @param isIdNumber whether it is an 18-character number with a right check character (GB 11643). */
export function hasDocumentFormat(kind: DocumentKind, number: string, isIdNumber: boolean): boolean {
  switch (kind) {
    case 'id-card':
      return isIdNumber;
    case 'foreign-residence-card':
      return OLD_RESIDENCE_CARD.test(number) || (isIdNumber && number.startsWith('9'));
    case 'none':
      return number === '';
    default:
      return FORMATS[kind].test(number);
  }
}
