import { z } from 'zod';
import { Urgency } from './case-kinds.ts';
import { FacilityView } from './facility.ts';
import { ProposalSubject } from './policies.ts';
import { CalendarDate, Id, Instant } from './primitives.ts';

/** What has happened to a case, for whoever it concerns and did not do it. */
export const CaseNoticeKind = z.enum([
  /** A new case for the duty pool or the coordinators. */
  'arrived',
  'accepted',
  'declined',
  'supplement-asked',
  /** What was asked for was added. */
  'supplemented',
  'answered-in-writing',
  /** A specialist left it: it waits for a colleague. */
  'handed-over',
  'cancelled',
  'invited',
  'signed',
  /** A signed report was corrected: a further version is there. */
  'amended',
  /** A signed report is being corrected or added to: the valid one may be about to change. */
  'amendment-begun',
  /** Nothing is amended after all: the signed report stands. */
  'amendment-withdrawn',
  'acknowledged',
  /** The patient took the consent to the consultation back. */
  'consent-withdrawn',
]);
export type CaseNoticeKind = z.infer<typeof CaseNoticeKind>;

/** What has happened to a demonstration, for those who organize it, have a seat in it or are enrolled. */
export const DemonstrationNoticeKind = z.enum([
  /** The receiver is asked to sign the plan off. */
  'demonstration-sign-off-asked',
  'demonstration-sent-back',
  'demonstration-approved',
  /** It begins in a quarter of an hour. */
  'demonstration-soon',
  'demonstration-begun',
  'demonstration-moved',
  'demonstration-cancelled',
  /** Who watched enough is on record: the receiver may credit them. */
  'demonstration-assessed',
  /** The receiver watched enough of it, and has been credited. */
  'demonstration-credited',
  'demonstration-credit-corrected',
]);
export type DemonstrationNoticeKind = z.infer<typeof DemonstrationNoticeKind>;

/**
 * `agreement-expiring`: an agreement of one's facility runs out soon. `licence-expiring`: one's own licence does, or that of a person whom one
 * answers for. `policy-proposed`: a change waits for oneself to confirm it. `machine-made`: a machine was let into the archive of one's
 * facility. `factor-reset`: one's own second factor was taken off.
 */
export const NoticeKind = z.enum([
  ...CaseNoticeKind.options,
  'agreement-expiring',
  'licence-expiring',
  'policy-proposed',
  'machine-made',
  'factor-reset',
  ...DemonstrationNoticeKind.options,
]);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** One entry of a person's own history. Holds nothing of the patient. */
export const NoticeView = z.object({
  noticeId: Id,
  kind: NoticeKind,
  /** Of what is about no case: null. */
  consultationId: Id.nullable(),
  caseNumber: z.string(),
  urgency: Urgency.nullable(),
  /** The agreement that it is about. */
  agreement: z
    .object({ agreementId: Id, inviting: FacilityView, invited: FacilityView, toDay: CalendarDate })
    .nullable(),
  /** The licence that it is about, by whose it is; `toDay` as it was then. */
  licence: z
    .object({ accountId: Id, name: z.string(), facilityName: z.string(), isOwn: z.boolean(), toDay: CalendarDate })
    .nullable(),
  /** The proposal to change a policy that it is about. */
  proposal: z.object({ proposalId: Id, subject: ProposalSubject }).nullable(),
  /** The machine that it is about; `awaits`: it reads pictures, and opens none until a second person has confirmed it. */
  machine: z.object({ machineId: Id, name: z.string(), facilityName: z.string(), awaits: z.boolean() }).nullable(),
  /** The demonstration that it is about, as it is now. */
  demonstration: z.object({ demonstrationId: Id, title: z.string(), startsAt: Instant.nullable() }).nullable(),
  /** Empty: nobody did it. */
  byName: z.string(),
  byFacilityName: z.string(),
  at: Instant,
  readAt: Instant.nullable(),
});
export type NoticeView = z.infer<typeof NoticeView>;

/** The latest first. */
export const NoticeHistory = z.object({ notices: z.array(NoticeView), unread: z.number().int() });
export type NoticeHistory = z.infer<typeof NoticeHistory>;
