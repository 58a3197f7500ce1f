import { randomUUID } from 'node:crypto';
import type { DemonstrationNoticeKind, NoticeView, PersonView } from '../contract/index.ts';
import type { Notify } from '../store/notify.ts';
import type { Stores, Work } from '../store/stores.ts';
import { KEPT_MS, NO_SUBJECT, type StoredNotice } from './notice.ts';

/** What a notice tells of a demonstration. */
export type NoticedDemonstration = NonNullable<NoticeView['demonstration']>;

/** The demonstrations that notices are about, by id, as they are now. */
export async function findNoticedDemonstrations(
  { demonstrations }: Pick<Stores, 'demonstrations'>,
  notices: readonly Pick<StoredNotice, 'demonstrationId'>[],
): Promise<Map<string, NoticedDemonstration>> {
  const ids = [...new Set(notices.flatMap(({ demonstrationId }) => demonstrationId ?? []))];
  const found = await demonstrations.findMany(ids);
  return new Map(
    found.map(({ demonstrationId, title, startsAt }) => [demonstrationId, { demonstrationId, title, startsAt }]),
  );
}

export function toDemonstrationNotice(
  { noticeId, kind, at, readAt }: StoredNotice,
  { demonstrationId, title, startsAt }: NoticedDemonstration,
  by: Pick<PersonView, 'name' | 'facilityName'> | undefined,
): NoticeView {
  const demonstration = { demonstrationId, title, startsAt };
  const [byName, byFacilityName] = [by?.name ?? '', by?.facilityName ?? ''];
  return { noticeId, kind, ...NO_SUBJECT, demonstration, byName, byFacilityName, at, readAt };
}

/** As they are kept, one for each of these appointments. */
export function demonstrationNotices(
  { demonstrationId }: Pick<NoticedDemonstration, 'demonstrationId'>,
  kind: DemonstrationNoticeKind,
  { by, to, at }: { by: string | null; to: readonly Pick<StoredNotice, 'accountId' | 'appointmentId'>[]; at: Date },
): StoredNotice[] {
  return to.map(({ accountId, appointmentId }) => ({
    noticeId: randomUUID(),
    accountId,
    appointmentId,
    consultationId: null,
    agreementId: null,
    licenceOf: null,
    licenceTo: null,
    proposalId: null,
    machineId: null,
    demonstrationId,
    kind,
    byAccountId: by,
    at: at.toISOString(),
    readAt: null,
  }));
}

/** Keeps what happened for each of these people, then tells their windows. */
export async function postDemonstrationNotices(
  { work, notify }: { work: Work<'notices'>; notify: Notify },
  demonstration: NoticedDemonstration,
  kind: DemonstrationNoticeKind,
  {
    by,
    to,
    at,
  }: {
    by: PersonView | undefined;
    to: readonly Pick<StoredNotice, 'accountId' | 'appointmentId'>[];
    at: Date;
  },
): Promise<void> {
  if (to.length === 0) return;
  const notices = demonstrationNotices(demonstration, kind, { by: by?.accountId ?? null, to, at });
  await work.write((stores) => keepNotices(stores, notices, at));
  tellNotices(notify, notices, demonstration, by);
}

export async function keepNotices(
  { notices: store }: Pick<Stores, 'notices'>,
  notices: StoredNotice[],
  at: Date,
): Promise<void> {
  await store.insert(notices);
  const kept = new Date(at.getTime() - KEPT_MS).toISOString();
  for (const accountId of new Set(notices.map((one) => one.accountId))) await store.deleteBefore(accountId, kept);
}

export function tellNotices(
  notify: Notify,
  notices: readonly StoredNotice[],
  demonstration: NoticedDemonstration,
  by?: PersonView,
): void {
  for (const notice of notices)
    notify.toAppointments([notice], 'notice:posted', toDemonstrationNotice(notice, demonstration, by));
}
