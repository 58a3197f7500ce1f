import { randomUUID } from 'node:crypto';
import type { NoticeView, PersonView } from '../contract/index.ts';
import type { Notify } from '../store/notify.ts';
import type { Stores, Work } from '../store/stores.ts';
import { KEPT_MS, NO_SUBJECT, type StoredNotice } from './notice.ts';

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

export function toProposalNotice(
  { noticeId, kind, at, readAt }: StoredNotice,
  proposal: NoticedProposal,
  by: Pick<PersonView, 'name' | 'facilityName'> | undefined,
): NoticeView {
  const about = { ...NO_SUBJECT, proposal };
  return { noticeId, kind, ...about, byName: by?.name ?? '', byFacilityName: by?.facilityName ?? '', at, readAt };
}

/** Keeps for each of those who could confirm a proposal that it waits, then tells their windows. */
export async function postProposalNotices(
  { work, notify }: { work: Work<'notices'>; notify: Notify },
  proposal: NoticedProposal,
  { by, to, at }: { by: PersonView; to: readonly string[]; at: Date },
): Promise<void> {
  const notices = to.map(
    (accountId): StoredNotice => ({
      noticeId: randomUUID(),
      accountId,
      // One of the platform's three is that in their main appointment.
      appointmentId: accountId,
      consultationId: null,
      agreementId: null,
      licenceOf: null,
      licenceTo: null,
      proposalId: proposal.proposalId,
      machineId: null,
      demonstrationId: null,
      kind: 'policy-proposed',
      byAccountId: by.accountId,
      at: at.toISOString(),
      readAt: null,
    }),
  );
  const kept = new Date(at.getTime() - KEPT_MS).toISOString();
  await work.write(async (stores) => {
    await stores.notices.insert(notices);
    for (const accountId of to) await stores.notices.deleteBefore(accountId, kept);
  });
  const { proposalId, subject } = proposal;
  for (const notice of notices)
    notify.toAppointments([notice], 'notice:posted', toProposalNotice(notice, { proposalId, subject }, by));
}
