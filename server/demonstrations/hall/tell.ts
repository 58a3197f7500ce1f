import type { Notice } from '../../contract/index.ts';
import { appointmentsOf } from '../announce.ts';
import type { Demonstration } from '../demonstration.ts';
import type { DemonstrationParts } from '../parts.ts';
import type { StoredHall } from './store.ts';

type HallNotice = 'demonstration:program-changed' | 'demonstration:cut-changed' | 'demonstration:voices-changed';

/**
 * After the commit, to all windows that have entered; of a rehearsal to those of its people alone. A failure here is logged and not
 * answered: what was ordered holds.
 */
export async function tellHall<N extends HallNotice>(
  { work, notify, clock, log }: Pick<DemonstrationParts, 'work' | 'notify' | 'clock' | 'log'>,
  { demonstrationId, state, surgeonId, facilityId, seats }: Demonstration,
  name: N,
  notice: Notice<N>,
): Promise<void> {
  if (state === 'live') {
    notify.toDemonstration(demonstrationId, name, notice);
    return;
  }
  try {
    const people = [{ accountId: surgeonId, facilityId }, ...seats];
    notify.toAppointments(await appointmentsOf(work.read, people, clock()), name, notice);
  } catch (err) {
    log.error({ err, demonstrationId }, 'a change in a hall was not told');
  }
}

/** What is cut, and what of it the sfu has not heard of: every window holds that back by itself. */
export async function tellCut(
  parts: Parameters<typeof tellHall>[0],
  demonstration: Demonstration,
  { cut, untoldCut }: Pick<StoredHall, 'cut' | 'untoldCut'>,
): Promise<void> {
  const { demonstrationId } = demonstration;
  const untold = untoldCut && { picture: untoldCut.picture, sound: untoldCut.sound };
  await tellHall(parts, demonstration, 'demonstration:cut-changed', { demonstrationId, cut, untoldCut: untold });
}
