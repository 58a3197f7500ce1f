import {
  cleanDocumentNumber,
  hasDocumentFormat,
  IdentifierKind,
  type PatientDraft,
  Phone,
  papersOf,
  readIdNumber,
} from '../contract/index.ts';
import { mask } from './patient.ts';
import type { FieldSeal } from './seal.ts';

/** A number of a patient as the database keeps it: found by its index, opened with the seal. */
export interface PatientIdentifier {
  identifierId: string;
  patientId: string;
  kind: IdentifierKind;
  /** Blind index of kind and number. */
  numberIndex: string;
  sealed: string;
  masked: string;
  addedAt: string;
}

/** Shorter ones are no whole number of any kind. */
const MIN_SEARCHED = 4;

/** As a number is compared: full-width digits made plain, letters large, no spaces; telephones without +86 and hyphens. */
export function cleanIdentifier(kind: IdentifierKind, typed: string): string {
  const plain = cleanDocumentNumber(typed);
  if (kind !== 'phone') return plain;
  return plain.replace(/[-()]/g, '').replace(/^(\+|00)?86(?=1\d{10}$)/, '');
}

/** The kind is part of it: the same digits as a telephone and as a hospital's number are two things. */
export function identifierIndex(seal: FieldSeal, kind: IdentifierKind, typed: string): string {
  return seal.index(`patient-identifier/${kind}/${cleanIdentifier(kind, typed)}`);
}

/** The indices under which what was typed may stand; none where it can be no number. */
export function searchedIndices(seal: FieldSeal, typed: string): string[] {
  const plain = cleanDocumentNumber(typed);
  if (plain.length < MIN_SEARCHED || !/\d/.test(plain)) return [];
  return IdentifierKind.options.map((kind) => identifierIndex(seal, kind, typed));
}

export const identifierContext = (identifierId: string) => `${identifierId}/identifier`;

export function sealIdentifier(
  seal: FieldSeal,
  {
    number: typed,
    ...rest
  }: Pick<PatientIdentifier, 'identifierId' | 'patientId' | 'kind' | 'addedAt'> & {
    number: string;
  },
): PatientIdentifier {
  const number = cleanIdentifier(rest.kind, typed);
  return {
    ...rest,
    numberIndex: identifierIndex(seal, rest.kind, number),
    sealed: seal.seal(number, identifierContext(rest.identifierId)),
    masked: mask(number, 3, 4),
  };
}

/** Whoever calls this for a person leaves a row in the access log. */
export function openIdentifier(seal: FieldSeal, { identifierId, sealed }: PatientIdentifier): string {
  return seal.open(sealed, identifierContext(identifierId));
}

/** Wide on purpose: regions print health cards differently, and each hospital counts in its own way. */
const CARD_FORMATS = {
  'health-card': /^(?=.*\d)[A-Z0-9]{6,64}$/,
  'social-security-card': /^(?=.*\d)[A-Z0-9]{8,20}$/,
  'hospital-number': /^(?=.*\d)[A-Z0-9-]{4,32}$/,
} as const;

/** Whether the number can be one of its kind. @param number cleaned */
export function hasIdentifierFormat(kind: IdentifierKind, number: string): boolean {
  switch (kind) {
    case 'phone':
      return Phone.safeParse(number).success;
    case 'health-card':
    case 'social-security-card':
    case 'hospital-number':
      return CARD_FORMATS[kind].test(number);
    default:
      return hasDocumentFormat(kind, number, readIdNumber(number) !== undefined);
  }
}

/** Documents tell who somebody is; a telephone or a hospital's number does not. */
export function isDocument(kind: IdentifierKind): boolean {
  return kind !== 'phone' && kind !== 'hospital-number';
}

/** The numbers that an application names. */
export function numbersOf(patient: PatientDraft): { kind: IdentifierKind; number: string }[] {
  const { document } = papersOf(patient);
  const { idNumber, phone } = patient;
  return [
    ...(document !== 'none' && idNumber !== '' ? [{ kind: document, number: idNumber }] : []),
    ...(phone !== '' ? [{ kind: 'phone' as const, number: phone }] : []),
  ];
}
