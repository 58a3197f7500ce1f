import { randomUUID } from 'node:crypto';
import { isInForce } from '../accounts/appointment.ts';
import type { NoticeView, PersonView } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import { KEPT_MS, NO_SUBJECT, type StoredNotice } from './notice.ts';

export function toFactorNotice(
  { noticeId, kind, at, readAt }: StoredNotice,
  by: Pick<PersonView, 'name' | 'facilityName'> | undefined,
): NoticeView {
  const [byName, byFacilityName] = [by?.name ?? '', by?.facilityName ?? ''];
  return { noticeId, kind, ...NO_SUBJECT, byName, byFacilityName, at, readAt };
}

/**
 * Keeps for a person, wherever they are appointed, that their second factor was taken off: whoever did not ask for it learns of it.
 * @param byAccountId null: whoever runs the machine
 */
export function keepFactorNotices(
  work: Work<'accounts' | 'notices'>,
  accountId: string,
  { byAccountId, at }: { byAccountId: string | null; at: Date },
): Promise<StoredNotice[]> {
  return work.write(async (stores) => {
    const appointments = await stores.accounts.listAppointments([accountId]);
    const notices = appointments
      .filter((one) => isInForce(one, at))
      .map(
        ({ appointmentId }): StoredNotice => ({
          noticeId: randomUUID(),
          accountId,
          appointmentId,
          consultationId: null,
          agreementId: null,
          licenceOf: null,
          licenceTo: null,
          proposalId: null,
          machineId: null,
          demonstrationId: null,
          kind: 'factor-reset',
          byAccountId,
          at: at.toISOString(),
          readAt: null,
        }),
      );
    await stores.notices.insert(notices);
    await stores.notices.deleteBefore(accountId, new Date(at.getTime() - KEPT_MS).toISOString());
    return notices;
  });
}
