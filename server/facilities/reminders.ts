import { findNoticedAgreements, toAgreementNotice } from '../notices/agreement-notice.ts';
import { keepNotices, newNotices } from '../notices/keep-notices.ts';
import type { StoredNotice } from '../notices/notice.ts';
import type { Logger } from '../runtime/log.ts';
import { type Repeated, repeat } from '../runtime/repeat.ts';
import type { Notify } from '../store/notify.ts';
import type { Stores, Work } from '../store/stores.ts';
import { listAdministratorsOf } from './administrators.ts';
import { type Agreement, dueReminder, isSigned, REMINDER_DAYS, type ReminderDays } from './agreement.ts';

export interface ReminderParts {
  work: Work<'accounts' | 'facilities' | 'notices'>;
  notify: Notify;
  clock: () => Date;
}

/** A reminder is due on a day; that it comes within minutes of its beginning is soon enough. */
const EVERY_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;

/**
 * Tells the administrators of both sides which agreements run out soon, 60, 30 and 7 days before. What is due follows from the
 * agreements themselves and what was told is noted with the notices, so that neither a restart nor a second server tells twice.
 * @returns how many agreements were told of.
 */
export async function remindOfAgreements({ work, notify, clock }: ReminderParts): Promise<number> {
  const at = clock();
  const ending = await work.read.facilities.listAgreementsEnding(
    at,
    new Date(at.getTime() + REMINDER_DAYS[0] * DAY_MS),
  );
  let count = 0;
  for (const agreement of ending) {
    const { agreementId } = agreement;
    const days = dueReminder(agreement, at);
    const successor = await work.read.facilities.findSuccessor(agreementId);
    if (days === undefined || (successor && isSigned(successor))) continue;
    const notices = await work.write((stores) => remind(stores, agreement, days, at));
    if (notices.length === 0) continue;
    count += 1;
    const about = (await findNoticedAgreements(work.read, notices)).get(agreementId);
    if (!about) continue;
    for (const notice of notices) notify.toAppointments([notice], 'notice:posted', toAgreementNotice(notice, about));
  }
  return count;
}

/** Notes first of all that it was given: of two servers that come at once, one waits here and then has nothing to do. */
async function remind(
  stores: Pick<Stores, 'accounts' | 'facilities' | 'notices'>,
  agreement: Agreement,
  days: ReminderDays,
  at: Date,
): Promise<StoredNotice[]> {
  const { agreementId } = agreement;
  if (!(await stores.facilities.noteReminder(agreementId, days, at))) return [];
  const { invitingFacilityId, invitedFacilityId } = agreement;
  const administrators = await listAdministratorsOf(stores, [invitingFacilityId, invitedFacilityId], at);
  const notices = newNotices(administrators, { kind: 'agreement-expiring', byAccountId: null, at, agreementId });
  await keepNotices(stores, notices, at);
  return notices;
}

/** Every server looks; what is due stands in the database. */
export function startReminders(parts: ReminderParts & { log: Logger }, everyMs = EVERY_MS): Repeated {
  const { log } = parts;
  return repeat(() => remindOfAgreements(parts), {
    everyMs,
    log,
    what: 'nobody was reminded of agreements that run out',
  });
}
