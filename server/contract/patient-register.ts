import { z } from 'zod';
import { ConsentView } from './consent.ts';
import { ConsultationSummary } from './consultation.ts';
import { Relation } from './guardian.ts';
import { Sex } from './patient.ts';
import { DocumentKind } from './patient-papers.ts';
import { Id, Instant } from './primitives.ts';

/** By what a patient is told from others: numbers of papers and cards, the hospital’s own, and telephones. */
export const IdentifierKind = z.enum([
  ...DocumentKind.exclude(['none']).options,
  /** The electronic health card that the health commissions issue. */
  'health-card',
  'social-security-card',
  /** The number under which the hospital's own system keeps the patient. */
  'hospital-number',
  'phone',
]);
export type IdentifierKind = z.infer<typeof IdentifierKind>;

/** Travels in a body: an address would leave names and numbers in logs. */
export const PatientSearchInput = z.object({
  /** The beginning of a name, of its pinyin or its initials; or a whole number of any kind. */
  search: z.string().trim().min(1).max(64),
});
export type PatientSearchInput = z.infer<typeof PatientSearchInput>;

export const MaskedIdentifier = z.object({ kind: IdentifierKind, masked: z.string() });
export type MaskedIdentifier = z.infer<typeof MaskedIdentifier>;

/** A patient in a list, masked: `李*梅`. */
export const PatientLine = z.object({
  patientId: Id,
  label: z.string(),
  sex: Sex.nullable(),
  ageYears: z.number().int().nullable(),
  /** Whose register the patient stands in. */
  facilityName: z.string(),
  identifiers: z.array(MaskedIdentifier),
  /** False as long as no document tells who it is. */
  isIdentified: z.boolean(),
  /** The kinds whose number was searched; empty: the name. */
  matched: z.array(IdentifierKind),
  /** Cases that the caller may see. */
  caseCount: z.number().int(),
  latestCaseAt: Instant,
});
export type PatientLine = z.infer<typeof PatientLine>;

export const PatientsFound = z.object({
  lines: z.array(PatientLine),
  /** There are others; more letters would tell them apart. */
  more: z.boolean(),
});
export type PatientsFound = z.infer<typeof PatientsFound>;

/** What the caller may do with a patient now; computed by the server. */
export const PatientAction = z.enum([
  'reveal',
  /** Read, and print for the patient, who looked at their data. */
  'read-ledger',
  /** Join two entries of the register that are one person, and undo it. */
  'merge',
  /** Enter a number that was not at hand when the case was written. */
  'add-identifier',
]);
export type PatientAction = z.infer<typeof PatientAction>;

/** Another entry was joined to this one. Undone, both are what they were. */
export const PatientMergeView = z.object({
  mergeId: Id,
  /** Of the entry that was joined, masked. */
  label: z.string(),
  identifiers: z.array(MaskedIdentifier),
  reason: z.string(),
  byName: z.string(),
  at: Instant,
});
export type PatientMergeView = z.infer<typeof PatientMergeView>;

/** In what two entries cannot both be right about one person. */
export const Contradiction = z.enum(['document', 'birth-date', 'sex']);
export type Contradiction = z.infer<typeof Contradiction>;

/** An entry of the same register that may be the same person. */
export const DuplicateView = PatientLine.omit({ matched: true }).extend({
  sameNumber: z.boolean(),
  /** Name, sex and birth date are alike. */
  samePerson: z.boolean(),
  contradictions: z.array(Contradiction),
});
export type DuplicateView = z.infer<typeof DuplicateView>;

export const MergeInput = z.object({
  /** The entry that becomes part of the one in the address. */
  mergedId: Id,
  reason: z.string().trim().min(1).max(1000),
  /** The person has seen what contradicts, and says that it is one patient all the same. */
  confirmed: z.boolean().default(false),
});
export type MergeInput = z.infer<typeof MergeInput>;

export const PatientPageView = PatientLine.omit({ matched: true, caseCount: true, latestCaseAt: true }).extend({
  /** Cases that the caller may see, the latest first. */
  cases: z.array(ConsultationSummary),
  actions: z.array(PatientAction),
  /** Other entries that were joined to this one; an empty list where there are none. */
  merges: z.array(PatientMergeView),
  /** Who decides for the patient, masked; null: nobody is named. */
  guardian: z.object({ label: z.string(), relation: Relation.nullable(), maskedPhone: z.string() }).nullable(),
});
export type PatientPageView = z.infer<typeof PatientPageView>;

/** A number that became known later. */
export const AddIdentifierInput = z.object({
  kind: IdentifierKind,
  number: z.string().max(64),
  /** Of somebody whom no document told until now; left out: the name stays. */
  name: z.string().trim().min(1).max(64).optional(),
});
export type AddIdentifierInput = z.infer<typeof AddIdentifierInput>;

/** A consent of a patient, and the case that it was given for. */
export const PatientConsentView = z.object({ caseNumber: z.string(), consent: ConsentView });
export type PatientConsentView = z.infer<typeof PatientConsentView>;

/** In full; each time it is asked for leaves a row in the access log. */
export const PatientIdentity = z.object({
  name: z.string(),
  birthDate: z.string(),
  identifiers: z.array(z.object({ kind: IdentifierKind, number: z.string() })),
  guardian: z.object({ name: z.string(), relation: Relation.nullable(), phone: z.string() }).nullable(),
});
export type PatientIdentity = z.infer<typeof PatientIdentity>;
