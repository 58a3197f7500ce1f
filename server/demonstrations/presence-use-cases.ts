import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import type { DemonstrationPresence } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import { GRACE_MS } from './attendance.ts';
import { getDemonstrationFor } from './demonstration-access.ts';
import type { DemonstrationParts } from './parts.ts';

/** One connected window. */
export interface PresenceWindow {
  windowId: string;
}

/** The window is in the demonstration from now on; asked again it changes nothing. @returns how many people are there, each once. */
export async function enterDemonstration(
  parts: Pick<DemonstrationParts, 'work' | 'seal' | 'isHallReady'>,
  { caller, at }: Asked,
  { windowId }: PresenceWindow,
  demonstrationId: string,
): Promise<DemonstrationPresence> {
  await parts.work.write(async (stores) => {
    await getDemonstrationFor(parts, stores, caller, demonstrationId, 'enter', { at });
    const now = at.toISOString();
    if (await stores.demonstrations.isPresent(demonstrationId, windowId)) return;
    const { accountId, facilityId } = caller;
    await stores.demonstrations.insertPresence({
      presenceId: randomUUID(),
      demonstrationId,
      accountId,
      facilityId,
      windowId,
      fromAt: now,
      lastSeenAt: now,
      toAt: null,
      hasLeft: false,
    });
  });
  return { presentCount: await countPresent(parts, demonstrationId, at) };
}

/** Who is there now, each person once, those too whose line was lost a moment ago. */
export async function countPresent(
  { work }: { work: Work<'demonstrations'> },
  demonstrationId: string,
  at: Date,
): Promise<number> {
  return work.read.demonstrations.countPresent(demonstrationId, new Date(at.getTime() - GRACE_MS));
}

export async function leaveDemonstration(
  { work }: { work: Work<'demonstrations'> },
  { windowId }: PresenceWindow,
  demonstrationId: string,
  at: Date,
): Promise<void> {
  await work.write(({ demonstrations }) => demonstrations.endPresences({ windowId, demonstrationId }, at));
}
