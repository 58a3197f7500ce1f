import type { CaseNoticeKind, GrantBasis, NoticeKind } from '../contract/index.ts';

/** Told to one person and kept for them. Which patient a case is about stands in it alone. */
export interface StoredNotice {
  noticeId: string;
  accountId: string;
  /** In which it concerns them. */
  appointmentId: string;
  /** The case, the agreement, the licence, the proposal, the machine or the demonstration that it is about. */
  consultationId: string | null;
  agreementId: string | null;
  /** Whose licence it is about, and its last day then. */
  licenceOf: string | null;
  licenceTo: string | null;
  proposalId: string | null;
  machineId: string | null;
  demonstrationId: string | null;
  kind: NoticeKind;
  /** null: nobody did it. */
  byAccountId: string | null;
  at: string;
  readAt: string | null;
}

/** Whom a notice is for, and in which appointment it concerns them. */
export type NoticeTo = Pick<StoredNotice, 'accountId' | 'appointmentId'>;

const TAKING_PART: readonly GrantBasis[] = ['requester', 'assignment', 'invitation', 'coordination'];
/** The duty pool hears what it may still do something about; a colleague's answer takes the case off its list. */
const ANYBODY: readonly GrantBasis[] = [...TAKING_PART, 'duty-pool'];
/** Who acts on a report, and must know that it may change. */
const ACTING_ON_THE_REPORT: readonly GrantBasis[] = ['requester', 'coordination'];

/** Who is told of what, by their part in the case. */
const TOLD: Record<CaseNoticeKind, readonly GrantBasis[]> = {
  arrived: ANYBODY,
  accepted: TAKING_PART,
  declined: TAKING_PART,
  'supplement-asked': TAKING_PART,
  supplemented: ANYBODY,
  'answered-in-writing': TAKING_PART,
  'handed-over': ANYBODY,
  cancelled: ANYBODY,
  invited: TAKING_PART,
  signed: TAKING_PART,
  amended: TAKING_PART,
  'amendment-begun': ACTING_ON_THE_REPORT,
  'amendment-withdrawn': ACTING_ON_THE_REPORT,
  acknowledged: TAKING_PART,
  'consent-withdrawn': TAKING_PART,
};

/** Whether a person with these parts in the case is told. A new case: only those whom it waits for. */
export function concerns(
  kind: CaseNoticeKind,
  { bases, needsMe }: { bases: readonly GrantBasis[]; needsMe: boolean },
): boolean {
  if (kind === 'arrived') return needsMe;
  return bases.some((basis) => TOLD[kind].includes(basis));
}
