import { z } from 'zod';
import { CaseKind } from './case-kinds.ts';
import { isOrgCode22, isUscc18 } from './facility-codes.ts';
import { Id, Instant } from './primitives.ts';
import { SpecialtyCode } from './specialties.ts';

/** The five levels of China's tiered care. */
export const FacilityTier = z.enum(['province', 'city', 'county', 'township', 'village']);
export type FacilityTier = z.infer<typeof FacilityTier>;

export const FacilityView = z.object({ facilityId: Id, name: z.string(), tier: FacilityTier });
export type FacilityView = z.infer<typeof FacilityView>;

/** A facility that the caller's own has a valid agreement with, the specialties it answers for, and the kinds of case that were agreed. */
export const PartnerView = FacilityView.extend({ specialties: z.array(z.string()), services: z.array(CaseKind) });
export type PartnerView = z.infer<typeof PartnerView>;

/** 等次 of the hospital grading (医院分级管理办法, 1989): 特等 above 甲, 乙 and 丙. */
export const FacilityGrade = z.enum(['special', 'a', 'b', 'c']);
export type FacilityGrade = z.infer<typeof FacilityGrade>;

/** `merged`: its people and open cases went over to another one. */
export const FacilityStatus = z.enum(['active', 'closed', 'merged']);
export type FacilityStatus = z.infer<typeof FacilityStatus>;

export const Department = z.object({
  name: z.string().trim().min(1).max(64),
  /** Of the national list; null: none of it. */
  code: SpecialtyCode.nullable(),
  /** Other facilities may ask it: its name is offered as a specialty. */
  answers: z.boolean(),
});
export type Department = z.infer<typeof Department>;

/** What is typed of a facility. Codes are empty or right. */
export const FacilityDraft = z.object({
  name: z.string().trim().min(1).max(128),
  shortName: z.string().trim().max(32),
  tier: FacilityTier,
  /** Administrative division, GB/T 2260. */
  region6: z.string().regex(/^[1-9]\d{5}$/),
  orgCode22: z.string().refine((code) => code === '' || isOrgCode22(code)),
  uscc18: z.string().refine((code) => code === '' || isUscc18(code)),
  /** 一级 to 三级; null: none was given. */
  level: z.int().min(1).max(3).nullable(),
  grade: FacilityGrade.nullable(),
  /** No name twice. */
  departments: z
    .array(Department)
    .max(200)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length),
});
export type FacilityDraft = z.infer<typeof FacilityDraft>;

/** What the caller may do with a facility now; the server computes it. */
export const FacilityAction = z.enum(['edit', 'add-below', 'move', 'close', 'reopen', 'merge']);
export type FacilityAction = z.infer<typeof FacilityAction>;

/** A line of the tree. `parentId` may name one that the caller does not administer. */
export const FacilityLine = FacilityView.extend({
  shortName: z.string(),
  region6: z.string(),
  status: FacilityStatus,
  parentId: Id.nullable(),
});
export type FacilityLine = z.infer<typeof FacilityLine>;

export const FacilityDetail = z.object({
  facilityId: Id,
  draft: FacilityDraft,
  parent: FacilityView.nullable(),
  status: FacilityStatus,
  /** Where its people and open cases went. */
  mergedInto: FacilityView.nullable(),
  /** Why it was closed or merged. */
  statusReason: z.string(),
  /** Rises with every change; a change names the version it was made on. */
  version: z.int(),
  changedAt: Instant,
  actions: z.array(FacilityAction),
});
export type FacilityDetail = z.infer<typeof FacilityDetail>;

export const FacilityCreateInput = FacilityDraft.extend({ parentId: Id.nullable() });
export type FacilityCreateInput = z.infer<typeof FacilityCreateInput>;
export const FacilitySaveInput = FacilityDraft.extend({ version: z.int() });
export type FacilitySaveInput = z.infer<typeof FacilitySaveInput>;
/** null: to the top, which only the platform's administrator may. */
export const FacilityMoveInput = z.object({ version: z.int(), parentId: Id.nullable() });
export const FacilityMergeInput = z.object({ version: z.int(), intoId: Id, reason: z.string().trim().max(1000) });
