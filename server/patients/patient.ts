import {
  type Guardian,
  type IdentifierKind,
  type Papers,
  type PatientDraft,
  papersOf,
  type Sex,
} from '../contract/index.ts';
import { type Keys, resealed } from './reseal.ts';
import type { FieldSeal } from './seal.ts';

/** Who decides for the patient, with the telephone sealed as the patient's own is. */
export interface SealedGuardian extends Omit<Guardian, 'phone'> {
  sealedPhone: string;
  maskedPhone: string;
}

/** A patient as a case holds them: the direct identifiers are sealed, and beside them stands what may be shown. */
export interface SealedPatient {
  name: string;
  sex: Sex | null;
  birthDate: string;
  sealedIdNumber: string;
  maskedIdNumber: string;
  sealedPhone: string;
  maskedPhone: string;
  /** Left out: an ID card and a telephone. */
  papers?: Papers | undefined;
  /** Left out: the patient decides alone. */
  guardian?: SealedGuardian | undefined;
}

/** `张*`. The first character only, whatever the length of the name. */
export function maskName(name: string): string {
  const [first] = name.trim();
  return first === undefined ? '' : `${first}*`;
}

/** `李*梅`, `王*`: for the register, where people of one surname stand below each other. */
export function maskMiddle(name: string): string {
  const characters = [...name.trim()];
  return characters.length < 3 ? maskName(name) : `${characters[0]}*${characters.at(-1)}`;
}

/** Three at the start, four at the end: `610***********1234`. What is too short for that is hidden whole. */
export function maskIdNumber(idNumber: string): string {
  return mask(idNumber, 3, 4);
}

/** `138****1234` */
export function maskPhone(phone: string): string {
  return mask(phone, 3, 4);
}

/** Some characters at each end; what is too short for that is hidden whole. */
export function mask(value: string, start: number, end: number): string {
  if (value.length < start + end + 2) return '*'.repeat(value.length);
  return value.slice(0, start) + '*'.repeat(value.length - start - end) + value.slice(-end);
}

/** Whole years on a day, both `YYYY-MM-DD`; null where the birth date is none or lies after the day. */
export function ageYears(birthDate: string, today: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate) || birthDate > today) return null;
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return birthDate.slice(5) > today.slice(5) ? years - 1 : years;
}

/**
 * What makes two patients of a hospital's register the same one. Numbers of different documents never meet; a patient without
 * any is new in every case, for two unknown people must not become one.
 */
export function registerKey(patient: PatientDraft, consultationId: string): string {
  const { document } = papersOf(patient);
  return document === 'none' ? keyWithoutDocument(consultationId) : documentKey(document, patient.idNumber);
}

export const keyWithoutDocument = (consultationId: string): string => `none/${consultationId}`;

/** A number alone is an ID card's: so the register has held it from the beginning. */
export const documentKey = (document: IdentifierKind, number: string): string =>
  document === 'id-card' ? number : `${document}/${number}`;

export const guardianContext = (place: string): string => `${place}/guardianPhone`;

/** @param place the case or the entry of the register that the value belongs to. */
export function sealGuardian(seal: FieldSeal, { name, relation, phone }: Guardian, place: string): SealedGuardian {
  return { name, relation, sealedPhone: seal.seal(phone, guardianContext(place)), maskedPhone: maskPhone(phone) };
}

export function openGuardian(
  seal: FieldSeal,
  { name, relation, sealedPhone }: SealedGuardian,
  place: string,
): Guardian {
  return { name, relation, phone: seal.open(sealedPhone, guardianContext(place)) };
}

const idNumberContext = (consultationId: string): string => `${consultationId}/idNumber`;
const phoneContext = (consultationId: string): string => `${consultationId}/phone`;

/** @param consultationId binds the sealed values to this case: moved to another one they do not open. */
export function sealPatient(seal: FieldSeal, patient: PatientDraft, consultationId: string): SealedPatient {
  const { name, sex, birthDate, idNumber, phone, papers, guardian } = patient;
  return {
    name,
    sex,
    birthDate,
    sealedIdNumber: seal.seal(idNumber, idNumberContext(consultationId)),
    maskedIdNumber: maskIdNumber(idNumber),
    sealedPhone: seal.seal(phone, phoneContext(consultationId)),
    maskedPhone: maskPhone(phone),
    ...(papers && { papers }),
    ...(guardian && { guardian: sealGuardian(seal, guardian, consultationId) }),
  };
}

/** The whole patient. Whoever calls this for a person leaves a row in the access log. */
export function openPatient(seal: FieldSeal, patient: SealedPatient, consultationId: string): PatientDraft {
  const { name, sex, birthDate, sealedIdNumber, sealedPhone, papers, guardian } = patient;
  return {
    name,
    sex,
    birthDate,
    idNumber: seal.open(sealedIdNumber, idNumberContext(consultationId)),
    phone: seal.open(sealedPhone, phoneContext(consultationId)),
    ...(papers && { papers }),
    ...(guardian && { guardian: openGuardian(seal, guardian, consultationId) }),
  };
}

/** The same patient under another key. @returns undefined where all is under that one already. */
export function resealPatient(patient: SealedPatient, consultationId: string, keys: Keys): SealedPatient | undefined {
  const { guardian } = patient;
  const idNumber = resealed(patient.sealedIdNumber, idNumberContext(consultationId), keys);
  const phone = resealed(patient.sealedPhone, phoneContext(consultationId), keys);
  const guardianPhone = guardian && resealed(guardian.sealedPhone, guardianContext(consultationId), keys);
  if (idNumber === undefined && phone === undefined && guardianPhone === undefined) return undefined;
  return {
    ...patient,
    sealedIdNumber: idNumber ?? patient.sealedIdNumber,
    sealedPhone: phone ?? patient.sealedPhone,
    ...(guardian && { guardian: { ...guardian, sealedPhone: guardianPhone ?? guardian.sealedPhone } }),
  };
}
