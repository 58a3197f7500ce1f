import { z } from 'zod';
import { CaseKind } from './case-kinds.ts';
import { FacilityView } from './facility.ts';
import { CalendarDate, Id, Instant, Sha256 } from './primitives.ts';

/** A kind of case that was agreed. A price of 0 was agreed as free; null: nothing was agreed about money. */
export const AgreedService = z.object({
  kind: CaseKind,
  /** In 分, a hundredth of a yuan. */
  priceFen: z.int().min(0).max(100_000_000).nullable(),
});
export type AgreedService = z.infer<typeof AgreedService>;

const Minutes = z
  .int()
  .min(1)
  .max(60 * 24 * 60);
/** How soon the invited side accepts and answers, in minutes; null: as usual, see `RESPONSE_DEFAULTS`. */
const ResponseTime = z.object({ acceptMin: Minutes.nullable(), answerMin: Minutes.nullable() });
export const ResponseTimes = z.object({ emergency: ResponseTime, urgent: ResponseTime, routine: ResponseTime });
export type ResponseTimes = z.infer<typeof ResponseTimes>;

/** What is typed of an agreement, until both sides have signed it. Days are those of China, both included. */
export const AgreementDraft = z.object({
  fromDay: CalendarDate,
  toDay: CalendarDate,
  /** Each kind once. */
  services: z.array(AgreedService).refine((all) => new Set(all.map(({ kind }) => kind)).size === all.length),
  responseTimes: ResponseTimes,
  liabilityText: z.string().max(20_000),
});
export type AgreementDraft = z.infer<typeof AgreementDraft>;

/** The side that asks, and the one that answers. */
export const AgreementSide = z.enum(['inviting', 'invited']);
export type AgreementSide = z.infer<typeof AgreementSide>;

/** `draft`: not signed by both; `upcoming`: signed, not valid yet; `ended`: before its time, with a reason. */
export const AgreementState = z.enum(['draft', 'upcoming', 'valid', 'expired', 'ended']);
export type AgreementState = z.infer<typeof AgreementState>;

export const AgreementAction = z.enum(['edit', 'sign', 'end', 'renew', 'discard']);
export type AgreementAction = z.infer<typeof AgreementAction>;

export const AgreementLine = z.object({
  agreementId: Id,
  inviting: FacilityView,
  invited: FacilityView,
  fromDay: CalendarDate,
  /** The last day, also where it was ended early. */
  toDay: CalendarDate,
  services: z.array(AgreedService),
  state: AgreementState,
  /** Whole days that are left, where it is valid and no successor follows; null: it does not run out. */
  daysLeft: z.int().nullable(),
});
export type AgreementLine = z.infer<typeof AgreementLine>;

const Signature = z.object({ name: z.string(), at: Instant });

export const AgreementDetail = AgreementLine.extend({
  draft: AgreementDraft,
  signatures: z.object({ inviting: Signature.nullable(), invited: Signature.nullable() }),
  /** The scanned paper; null: none was put in yet. */
  signedCopy: z.object({ sha256: Sha256, sizeBytes: z.int(), name: z.string() }).nullable(),
  /** The one that it follows, and the one that follows it. */
  predecessorId: Id.nullable(),
  successorId: Id.nullable(),
  endedAt: Instant.nullable(),
  endReason: z.string(),
  version: z.int(),
  changedAt: Instant,
  actions: z.array(AgreementAction),
  /** For which sides the caller may sign now. */
  signableSides: z.array(AgreementSide),
});
export type AgreementDetail = z.infer<typeof AgreementDetail>;

export const AgreementCreateInput = z.object({ invitingFacilityId: Id, invitedFacilityId: Id });
export const AgreementSaveInput = AgreementDraft.extend({ version: z.int() });
export type AgreementSaveInput = z.infer<typeof AgreementSaveInput>;
export const AgreementSignInput = z.object({ version: z.int(), side: AgreementSide });
export const AgreementEndInput = z.object({ version: z.int(), reason: z.string().trim().max(1000) });

export const AgreementSort = z.enum(['to-day', 'from-day', 'inviting', 'invited']);
export const AgreementQuery = z.object({
  q: z.string().trim().max(64).optional(),
  state: AgreementState.optional(),
  facilityId: Id.optional(),
  sort: AgreementSort.default('to-day'),
  descending: z.stringbool().default(false),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(20),
});
export type AgreementQuery = z.infer<typeof AgreementQuery>;
export const AgreementPage = z.object({ agreements: z.array(AgreementLine), total: z.int() });
export type AgreementPage = z.infer<typeof AgreementPage>;

/** What was agreed when the case was sent; it stays with the case, whatever becomes of the agreement. */
export const CaseTerms = z.object({
  agreementId: Id,
  services: z.array(AgreedService),
  /** As they hold for this case, defaults filled in. */
  responseTimes: ResponseTimes,
  agreedAt: Instant,
});
export type CaseTerms = z.infer<typeof CaseTerms>;
