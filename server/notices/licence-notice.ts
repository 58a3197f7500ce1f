import type { NoticeView, PersonView } from '../contract/index.ts';
import { noticeView } from './keep-notices.ts';
import type { StoredNotice } from './notice.ts';

/** Notices about licences, as they are told. @param holders by account; a notice about somebody who is gone is left out. */
export function toLicenceNotices(
  notices: readonly StoredNotice[],
  holders: ReadonlyMap<string, PersonView>,
): NoticeView[] {
  return notices.flatMap((notice) => {
    const { accountId, licenceOf, licenceTo } = notice;
    const holder = holders.get(licenceOf ?? '');
    if (!holder || licenceTo === null) return [];
    const { name, facilityName } = holder;
    const isOwn = holder.accountId === accountId;
    const licence = { accountId: holder.accountId, name, facilityName, isOwn, toDay: licenceTo };
    return [noticeView(notice, null, { licence })];
  });
}
