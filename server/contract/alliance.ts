import { z } from 'zod';
import { FacilityView } from './facility.ts';
import { CalendarDate, Id, Instant } from './primitives.ts';

/** 医共体, 专科联盟, 远程协作网, 对口支援. */
export const AllianceKind = z.enum([
  'medical-community',
  'specialty-alliance',
  'collaboration-network',
  'paired-support',
]);
export type AllianceKind = z.infer<typeof AllianceKind>;

/** What a patient may be referred for. */
export const ReferralKind = z.enum(['outpatient', 'inpatient', 'examination', 'rehabilitation']);
export type ReferralKind = z.infer<typeof ReferralKind>;

export const ReferralRule = z.object({ fromId: Id, toId: Id, kinds: z.array(ReferralKind).min(1).max(4) });
export type ReferralRule = z.infer<typeof ReferralRule>;

/** Days are those of China, both included; no last day: until further notice. */
const Period = { fromDay: CalendarDate, toDay: CalendarDate.nullable() };

export const AllianceMember = z.object({ facilityId: Id, ...Period });
export type AllianceMember = z.infer<typeof AllianceMember>;

export const AllianceDraft = z.object({
  name: z.string().trim().min(1).max(128),
  kind: AllianceKind,
  ...Period,
  /** Beside the hub; nobody twice. */
  members: z.array(AllianceMember).max(500),
  /** Between hub and members, and between members. */
  referrals: z.array(ReferralRule).max(5000),
});
export type AllianceDraft = z.infer<typeof AllianceDraft>;

export const AllianceLine = z.object({
  allianceId: Id,
  name: z.string(),
  kind: AllianceKind,
  hub: FacilityView,
  memberCount: z.int(),
  ...Period,
});
export type AllianceLine = z.infer<typeof AllianceLine>;

export const AllianceDetail = z.object({
  allianceId: Id,
  hub: FacilityView,
  draft: AllianceDraft,
  /** The hub and all members. */
  facilities: z.array(FacilityView),
  version: z.int(),
  changedAt: Instant,
  actions: z.array(z.enum(['edit'])),
});
export type AllianceDetail = z.infer<typeof AllianceDetail>;

export const AllianceCreateInput = z.object({
  name: AllianceDraft.shape.name,
  kind: AllianceKind,
  hubId: Id,
  fromDay: CalendarDate,
});
export type AllianceCreateInput = z.infer<typeof AllianceCreateInput>;
export const AllianceSaveInput = AllianceDraft.extend({ version: z.int() });
export type AllianceSaveInput = z.infer<typeof AllianceSaveInput>;
