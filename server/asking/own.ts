import type { Asked } from '../access/asked.ts';
import type { AskingDesk, AskingOwn } from '../contract/index.ts';
import { appointmentsOf } from '../demonstrations/announce.ts';
import type { Demonstration } from '../demonstrations/demonstration.ts';
import type { AskingParts } from './parts.ts';
import { readDesk, readOwn } from './view.ts';

/** What an act leaves the caller with; their other windows are told at once. */
export async function answerOwn(
  { work, notify }: AskingParts,
  { caller, at }: Asked,
  demonstration: Demonstration,
): Promise<AskingOwn> {
  const { demonstrationId } = demonstration;
  const own = await readOwn(work.read, demonstration, caller.accountId, at);
  notify.toAppointments([caller], 'asking:own-changed', { demonstrationId, own });
  return own;
}

/** Somebody else has changed what is this person's. A failure is logged: what was asked for has been done. */
export async function tellOwn(
  { work, notify, clock, log }: Pick<AskingParts, 'work' | 'notify' | 'clock' | 'log'>,
  demonstration: Demonstration,
  { accountId, facilityId }: { accountId: string; facilityId: string },
): Promise<void> {
  const { demonstrationId } = demonstration;
  try {
    const at = clock();
    const own = await readOwn(work.read, demonstration, accountId, at);
    const windows = await appointmentsOf(work.read, [{ accountId, facilityId }], at);
    notify.toAppointments(windows, 'asking:own-changed', { demonstrationId, own });
  } catch (err) {
    log.error({ err, demonstrationId }, 'somebody was not told of their question or hand');
  }
}

export const answerDesk = ({ work }: AskingParts, demonstrationId: string): Promise<AskingDesk> =>
  readDesk(work.read, demonstrationId);
