import type { NoticeView } from '../contract/index.ts';
import { chinaDate } from '../patients/china-date.ts';
import type { Stores } from '../store/stores.ts';
import { noticeView } from './keep-notices.ts';
import type { StoredNotice } from './notice.ts';

/** What a notice tells of an agreement. */
export type NoticedAgreement = NonNullable<NoticeView['agreement']>;

/** The agreements that notices are about, by id; one that is gone is left out. */
export async function findNoticedAgreements(
  { facilities }: Pick<Stores, 'facilities'>,
  notices: readonly Pick<StoredNotice, 'agreementId'>[],
): Promise<Map<string, NoticedAgreement>> {
  const found = new Map<string, NoticedAgreement>();
  for (const agreementId of new Set(notices.flatMap((notice) => notice.agreementId ?? []))) {
    const agreement = await facilities.findAgreement(agreementId);
    if (!agreement) continue;
    const { invitingFacilityId, invitedFacilityId, validTo } = agreement;
    const named = await facilities.findMany([invitingFacilityId, invitedFacilityId]);
    const view = (id: string) => {
      const one = named.find(({ facilityId }) => facilityId === id);
      if (!one) throw new Error(`no facility ${id}`);
      return { facilityId: one.facilityId, name: one.name, tier: one.tier };
    };
    found.set(agreementId, {
      agreementId,
      inviting: view(invitingFacilityId),
      invited: view(invitedFacilityId),
      toDay: chinaDate(new Date(Date.parse(validTo) - 1)),
    });
  }
  return found;
}

export const toAgreementNotice = (notice: StoredNotice, agreement: NoticedAgreement): NoticeView =>
  noticeView(notice, null, { agreement });
