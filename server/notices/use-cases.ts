import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import { findPeople } from '../accounts/person.ts';
import type { CaseNoticeKind, ConsultationSummary, NoticeHistory, NoticeView, PersonView } from '../contract/index.ts';
import type { Notify } from '../store/notify.ts';
import type { Work } from '../store/stores.ts';
import { findNoticedAgreements, toAgreementNotice } from './agreement-notice.ts';
import { findNoticedDemonstrations, toDemonstrationNotice } from './demonstration-notice.ts';
import { toFactorNotice } from './factor-notice.ts';
import { keepNotices, newNotices, noticeView } from './keep-notices.ts';
import { toLicenceNotices } from './licence-notice.ts';
import { findNoticedMachines, toMachineNotice } from './machine-notice.ts';
import type { NoticeTo, StoredNotice } from './notice.ts';
import { findNoticedProposals, toProposalNotice } from './proposal-notice.ts';

const HISTORY_LENGTH = 100;

/** What a notice tells of a case. */
type NoticedCase = Pick<ConsultationSummary, 'consultationId' | 'caseNumber' | 'urgency'>;

/** Keeps what happened for each of these people, then tells their windows. */
export async function postNotices(
  { work, notify }: { work: Work<'notices'>; notify: Notify },
  consultation: NoticedCase,
  kind: CaseNoticeKind,
  { by, to, at }: { by: PersonView | null; to: readonly NoticeTo[]; at: Date },
): Promise<void> {
  if (to.length === 0) return;
  const { consultationId } = consultation;
  const notices = newNotices(to, { kind, byAccountId: by?.accountId ?? null, at, consultationId });
  await work.write((stores) => keepNotices(stores, notices, at));
  for (const notice of notices)
    notify.toAppointments([notice], 'notice:posted', toCaseNotice(notice, consultation, by));
}

/** The caller's own history in the appointment they act in; names no patient, so no row goes into the access log. */
export async function listNotices(
  {
    work,
  }: {
    work: Work<'accounts' | 'consultations' | 'demonstrations' | 'facilities' | 'machines' | 'notices' | 'policies'>;
  },
  { caller }: Asked,
): Promise<NoticeHistory> {
  requirePermission(caller, 'notice:list');
  const stored = await work.read.notices.list(caller.appointmentId, HISTORY_LENGTH);
  const cases = await work.read.consultations.findMany([...new Set(stored.flatMap((one) => one.consultationId ?? []))]);
  const byId = new Map(cases.map((one) => [one.consultationId, one]));
  const agreements = await findNoticedAgreements(work.read, stored);
  const holders = await findPeople(
    work.read,
    stored.flatMap((one) => one.licenceOf ?? []),
  );
  const proposals = await findNoticedProposals(work.read, stored);
  const machines = await findNoticedMachines(work.read, stored);
  const demonstrations = await findNoticedDemonstrations(work.read, stored);
  const people = await findPeople(
    work.read,
    stored.flatMap((one) => one.byAccountId ?? []),
  );
  return {
    notices: stored.flatMap((notice) => {
      const { consultationId, agreementId, proposalId, machineId, byAccountId } = notice;
      const by = people.get(byAccountId ?? '');
      if (notice.kind === 'factor-reset') return [toFactorNotice(notice, by)];
      const proposal = proposals.get(proposalId ?? '');
      if (proposal) return [toProposalNotice(notice, proposal, by)];
      const machine = machines.get(machineId ?? '');
      if (machine) return [toMachineNotice(notice, machine, by)];
      const demonstration = demonstrations.get(notice.demonstrationId ?? '');
      if (demonstration) return [toDemonstrationNotice(notice, demonstration, by)];
      const agreement = agreementId === null ? undefined : agreements.get(agreementId);
      if (agreement) return [toAgreementNotice(notice, agreement)];
      if (notice.licenceOf !== null) return toLicenceNotices([notice], holders);
      const consultation = consultationId === null ? undefined : byId.get(consultationId);
      return consultation ? [toCaseNotice(notice, consultation, by ?? null)] : [];
    }),
    unread: await work.read.notices.countUnread(caller.appointmentId),
  };
}

/** Marks as read what there was until now, of one case or of all. */
export async function readNotices(
  { work }: { work: Work<'notices'> },
  { caller, at }: Asked,
  consultationId: string | undefined,
): Promise<Record<string, never>> {
  requirePermission(caller, 'notice:list');
  await work.write((stores) => stores.notices.markRead(caller.appointmentId, at.toISOString(), consultationId));
  return {};
}

function toCaseNotice(
  notice: StoredNotice,
  { consultationId, caseNumber, urgency }: NoticedCase,
  by: PersonView | null,
): NoticeView {
  return noticeView(notice, by, { consultationId, caseNumber, urgency });
}
