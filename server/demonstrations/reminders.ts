import { tellNotices } from '../notices/demonstration-notice.ts';
import { keepNotices, newNotices } from '../notices/keep-notices.ts';
import type { StoredNotice } from '../notices/notice.ts';
import { type Repeated, repeat } from '../runtime/repeat.ts';
import { appointmentsOf, peopleOf } from './announce.ts';
import type { Demonstration } from './demonstration.ts';
import type { DemonstrationParts, DemonstrationStores } from './parts.ts';

type ReminderParts = Pick<DemonstrationParts, 'work' | 'notify' | 'clock' | 'log'>;

/** How long before the announced time people are told. */
const BEFORE_MS = 15 * 60_000;
const EVERY_MS = 30_000;

/**
 * Tells everybody in a demonstration that it begins in a quarter of an hour. What is due follows from the demonstrations themselves and what
 * was told is noted with the notices, so that neither a restart nor a second server tells twice; one that was moved is told of again.
 * @returns how many demonstrations were told of.
 */
export async function remindOfDemonstrations({ work, notify, clock }: ReminderParts): Promise<number> {
  const at = clock();
  const until = new Date(at.getTime() + BEFORE_MS);
  let count = 0;
  for (const demonstration of await work.read.demonstrations.listBeginning(['enrolling'], at, until)) {
    const notices = await work.write((stores) => remind(stores, demonstration, at));
    if (notices.length > 0) count += 1;
    tellNotices(notify, notices, demonstration);
  }
  return count;
}

/** Notes first of all that they are told: of two servers that come at once, one waits here and then has nothing to do. */
async function remind(
  stores: Pick<DemonstrationStores, 'accounts' | 'demonstrations' | 'notices'>,
  demonstration: Demonstration,
  at: Date,
): Promise<StoredNotice[]> {
  const { demonstrationId, startsAt } = demonstration;
  if (startsAt === null || !(await stores.demonstrations.noteReminder(demonstrationId, startsAt, at))) return [];
  const enrolled = (await stores.demonstrations.listEnrolments(demonstrationId)).filter((one) => !one.withdrawnAt);
  const to = await appointmentsOf(stores, peopleOf(demonstration, enrolled), at);
  const notices = newNotices(to, { kind: 'demonstration-soon', byAccountId: null, at, demonstrationId });
  await keepNotices(stores, notices, at);
  return notices;
}

/** Every server looks; what is due stands in the database. */
export function startDemonstrationReminders(parts: ReminderParts, everyMs = EVERY_MS): Repeated {
  return repeat(() => remindOfDemonstrations(parts), {
    everyMs,
    log: parts.log,
    what: 'nobody was reminded of demonstrations',
  });
}
