import { randomUUID } from 'node:crypto';
import { isInForce } from '../accounts/appointment.ts';
import { findPeople } from '../accounts/person.ts';
import { handOverLeft, type LeftCaseParts } from '../cases/left-cases.ts';
import { listAdministratorsOf } from '../facilities/administrators.ts';
import {
  dueLicenceReminder,
  isPractising,
  LICENCE_REMINDER_DAYS,
  type LicenceReminderDays,
} from '../licences/licence.ts';
import { keepNotices, newNotices } from '../notices/keep-notices.ts';
import { toLicenceNotices } from '../notices/licence-notice.ts';
import type { StoredNotice } from '../notices/notice.ts';
import { chinaDate } from '../patients/china-date.ts';
import { type Repeated, repeat } from '../runtime/repeat.ts';
import type { Notify } from '../store/notify.ts';
import type { Stores, Work } from '../store/stores.ts';

type Named = 'accounts' | 'facilities' | 'notices' | 'practitioners';

export interface LicenceReminderParts {
  work: Work<Named>;
  notify: Notify;
  clock: () => Date;
}

const DAY_MS = 24 * 3_600_000;
/** What is due is due on a day; that it comes within minutes of its beginning is soon enough. */
const EVERY_MS = 10 * 60_000;

/**
 * Tells people whose licence runs out soon, and those who answer for them, 60, 30 and 7 days before. What is due follows from the licences
 * and what was told is noted with the notices, so that neither a restart nor a second server tells twice.
 * @returns how many licences were told of.
 */
export async function remindOfLicences({ work, notify, clock }: LicenceReminderParts): Promise<number> {
  const at = clock();
  const until = new Date(at.getTime() + LICENCE_REMINDER_DAYS[0] * DAY_MS);
  let count = 0;
  for (const licence of await work.read.practitioners.listEnding(chinaDate(at), chinaDate(until))) {
    const days = dueLicenceReminder(licence, at);
    const { accountId, validTo } = licence;
    if (days === undefined || validTo === null) continue;
    const notices = await work.write((stores) => remind(stores, { accountId, validTo, days, at }));
    if (notices.length === 0) continue;
    count += 1;
    const holders = await findPeople(work.read, [accountId]);
    for (const notice of notices)
      for (const view of toLicenceNotices([notice], holders)) notify.toAppointments([notice], 'notice:posted', view);
  }
  return count;
}

/** Notes first of all that it was given: of two servers that come at once, one waits here and then has nothing to do. */
async function remind(
  stores: Pick<Stores, Named>,
  { accountId, validTo, days, at }: { accountId: string; validTo: string; days: LicenceReminderDays; at: Date },
): Promise<StoredNotice[]> {
  if (!(await stores.practitioners.noteReminder(accountId, validTo, days, at))) return [];
  const holder = await stores.accounts.find(accountId);
  if (!holder?.isActive) return [];
  const own = (await stores.accounts.listAppointments([accountId])).filter(
    (one) => isInForce(one, at) && isPractising(one),
  );
  if (own.length === 0) return [];
  const administrators = await listAdministratorsOf(stores, [holder.facilityId], at);
  const notices = newNotices([...own, ...administrators], {
    kind: 'licence-expiring',
    byAccountId: null,
    at,
    licenceOf: accountId,
    licenceTo: validTo,
  });
  await keepNotices(stores, notices, at);
  return notices;
}

/** Every server looks; what is due stands in the database. */
export function startLicenceWatch(parts: LeftCaseParts & LicenceReminderParts, everyMs = EVERY_MS): Repeated {
  const { log, clock } = parts;
  const look = async () => {
    await handOverLeft(parts, { requestId: randomUUID(), at: clock() });
    await remindOfLicences(parts);
  };
  return repeat(look, { everyMs, log, what: 'nobody looked for licences that run out' });
}
