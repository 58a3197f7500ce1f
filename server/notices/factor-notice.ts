import { isInForce } from '../accounts/appointment.ts';
import type { NoticeView, PersonView } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import { keepNotices, newNotices, noticeView } from './keep-notices.ts';
import type { StoredNotice } from './notice.ts';

export const toFactorNotice = (
  notice: StoredNotice,
  by: Pick<PersonView, 'name' | 'facilityName'> | undefined,
): NoticeView => noticeView(notice, by, {});

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
    const inForce = appointments.filter((one) => isInForce(one, at));
    const to = inForce.map(({ appointmentId }) => ({ accountId, appointmentId }));
    const notices = newNotices(to, { kind: 'factor-reset', byAccountId, at });
    await keepNotices(stores, notices, at);
    return notices;
  });
}
