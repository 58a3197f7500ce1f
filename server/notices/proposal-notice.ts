import type { NoticeView, PersonView } from '../contract/index.ts';
import type { Notify } from '../store/notify.ts';
import type { Stores, Work } from '../store/stores.ts';
import { keepNotices, newNotices, noticeView } from './keep-notices.ts';
import type { StoredNotice } from './notice.ts';

/** What a notice tells of a proposal; what would change stands on the page of policies. */
export type NoticedProposal = NonNullable<NoticeView['proposal']>;

/** The proposals that notices are about, by id. */
export async function findNoticedProposals(
  { policies }: Pick<Stores, 'policies'>,
  notices: readonly Pick<StoredNotice, 'proposalId'>[],
): Promise<Map<string, NoticedProposal>> {
  const found = await policies.findProposals([...new Set(notices.flatMap(({ proposalId }) => proposalId ?? []))]);
  return new Map(found.map(({ proposalId, subject }) => [proposalId, { proposalId, subject }]));
}

export const toProposalNotice = (
  notice: StoredNotice,
  proposal: NoticedProposal,
  by: Pick<PersonView, 'name' | 'facilityName'> | undefined,
): NoticeView => noticeView(notice, by, { proposal });

/** Keeps for each of those who could confirm a proposal that it waits, then tells their windows. */
export async function postProposalNotices(
  { work, notify }: { work: Work<'notices'>; notify: Notify },
  { proposalId, subject }: NoticedProposal,
  { by, to, at }: { by: PersonView; to: readonly string[]; at: Date },
): Promise<void> {
  // One of the platform's three is that in their main appointment.
  const appointments = to.map((accountId) => ({ accountId, appointmentId: accountId }));
  const notices = newNotices(appointments, { kind: 'policy-proposed', byAccountId: by.accountId, at, proposalId });
  await work.write((stores) => keepNotices(stores, notices, at));
  for (const notice of notices)
    notify.toAppointments([notice], 'notice:posted', toProposalNotice(notice, { proposalId, subject }, by));
}
