import type { DemonstrationNoticeKind, NoticeView, PersonView } from '../contract/index.ts';
import type { Notify } from '../store/notify.ts';
import type { Stores, Work } from '../store/stores.ts';
import { keepNotices, newNotices, noticeView } from './keep-notices.ts';
import type { NoticeTo, StoredNotice } from './notice.ts';

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

export const toDemonstrationNotice = (
  notice: StoredNotice,
  { demonstrationId, title, startsAt }: NoticedDemonstration,
  by: Pick<PersonView, 'name' | 'facilityName'> | undefined,
): NoticeView => noticeView(notice, by, { demonstration: { demonstrationId, title, startsAt } });

/** Keeps what happened for each of these people, then tells their windows. */
export async function postDemonstrationNotices(
  { work, notify }: { work: Work<'notices'>; notify: Notify },
  demonstration: NoticedDemonstration,
  kind: DemonstrationNoticeKind,
  { by, to, at }: { by: PersonView | undefined; to: readonly NoticeTo[]; at: Date },
): Promise<void> {
  if (to.length === 0) return;
  const { demonstrationId } = demonstration;
  const notices = newNotices(to, { kind, byAccountId: by?.accountId ?? null, at, demonstrationId });
  await work.write((stores) => keepNotices(stores, notices, at));
  tellNotices(notify, notices, demonstration, by);
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
