import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import { findPeople } from '../accounts/person.ts';
import type { ConsultationSummary, NoticeHistory, NoticeKind, NoticeView, PersonView } from '../contract/index.ts';
import type { Notify } from '../store/notify.ts';
import type { Work } from '../store/stores.ts';
import type { StoredNotice } from './notice.ts';

const HISTORY_LENGTH = 100;
const KEPT_MS = 90 * 24 * 3_600_000;

/** What a notice tells of a case. */
type NoticedCase = Pick<ConsultationSummary, 'consultationId' | 'caseNumber' | 'urgency'>;

/** Keeps what happened for each of these people, then tells their windows. */
export async function postNotices(
  { work, notify }: { work: Work<'notices'>; notify: Notify },
  consultation: NoticedCase,
  kind: NoticeKind,
  { by, to, at }: { by: PersonView | undefined; to: readonly string[]; at: Date },
): Promise<void> {
  if (to.length === 0 || !by) return;
  const notices = to.map(
    (accountId): StoredNotice => ({
      noticeId: randomUUID(),
      accountId,
      consultationId: consultation.consultationId,
      kind,
      byAccountId: by.accountId,
      at: at.toISOString(),
      readAt: null,
    }),
  );
  await work.write(async (stores) => {
    await stores.notices.insert(notices);
    for (const accountId of to)
      await stores.notices.deleteBefore(accountId, new Date(at.getTime() - KEPT_MS).toISOString());
  });
  for (const notice of notices)
    notify.toAccounts([notice.accountId], 'notice:posted', toNoticeView(notice, consultation, by));
}

/** The caller's own history; names no patient, so no row goes into the access log. */
export async function listNotices(
  { work }: { work: Work<'accounts' | 'consultations' | 'facilities' | 'notices'> },
  { caller }: Asked,
): Promise<NoticeHistory> {
  requirePermission(caller, 'consultation:list');
  const stored = await work.read.notices.list(caller.accountId, HISTORY_LENGTH);
  const cases = await work.read.consultations.findMany([...new Set(stored.map((one) => one.consultationId))]);
  const byId = new Map(cases.map((one) => [one.consultationId, one]));
  const people = await findPeople(
    work.read,
    stored.map((one) => one.byAccountId),
  );
  return {
    notices: stored.flatMap((notice) => {
      const consultation = byId.get(notice.consultationId);
      return consultation ? [toNoticeView(notice, consultation, people.get(notice.byAccountId))] : [];
    }),
    unread: await work.read.notices.countUnread(caller.accountId),
  };
}

/** Marks as read what there was until now, of one case or of all. */
export async function readNotices(
  { work }: { work: Work<'notices'> },
  { caller, at }: Asked,
  consultationId: string | undefined,
): Promise<Record<string, never>> {
  requirePermission(caller, 'consultation:list');
  await work.write((stores) => stores.notices.markRead(caller.accountId, at.toISOString(), consultationId));
  return {};
}

function toNoticeView(
  { noticeId, kind, consultationId, at, readAt }: StoredNotice,
  { caseNumber, urgency }: NoticedCase,
  by: PersonView | undefined,
): NoticeView {
  const [byName, byFacilityName] = [by?.name ?? '', by?.facilityName ?? ''];
  return { noticeId, kind, consultationId, caseNumber, urgency, byName, byFacilityName, at, readAt };
}
