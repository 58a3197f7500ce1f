import { randomUUID } from 'node:crypto';
import type { SfuControl } from '../../../sfu/control.ts';
import { recordAct } from '../../audit/record.ts';
import { type Repeated, repeat } from '../../runtime/repeat.ts';
import { announceDemonstration } from '../announce.ts';
import { replaceDemonstration } from '../change.ts';
import { type Demonstration, ended } from '../demonstration.ts';
import type { DemonstrationParts, DemonstrationStores } from '../parts.ts';
import { LEFT_ALONE } from '../rules/rules.ts';
import { onAir } from './seats.ts';

export interface LeftAloneParts extends Pick<DemonstrationParts, 'work' | 'clock' | 'notify' | 'log' | 'hall'> {
  sfu: Pick<SfuControl, 'listPeople'>;
}

/** An operation takes longer than it was planned for; one that nobody is at any more does not. */
export const AFTER_END_MS = 2 * 60 * 60_000;
/** A theatre that is away for so long does not come back. */
export const EMPTY_MS = 10 * 60_000;
const EVERY_MS = 30_000;

/**
 * Ends what is live long after its time with nobody of theatre and stage in the hall. Where the sfu does not say who is there, nothing ends.
 * @returns to be called again and again: ends those that were empty the whole while.
 */
export function endLeftAlone(parts: LeftAloneParts): () => Promise<void> {
  const emptySince = new Map<string, number>();
  return async () => {
    const at = parts.clock();
    const over = await parts.work.read.demonstrations.listOver(['live'], new Date(at.getTime() - AFTER_END_MS));
    for (const id of emptySince.keys()) if (over.every((one) => one.demonstrationId !== id)) emptySince.delete(id);
    if (over.length === 0) return;
    const people = await parts.sfu.listPeople();
    for (const { demonstrationId } of over) {
      const isStaffed = people.some(
        ({ roomId, hall }) => roomId === demonstrationId && (hall?.seat === 'theatre' || hall?.seat === 'stage'),
      );
      const since = emptySince.get(demonstrationId) ?? at.getTime();
      if (isStaffed) emptySince.delete(demonstrationId);
      else emptySince.set(demonstrationId, since);
      if (!isStaffed && at.getTime() - since >= EMPTY_MS) await end(parts, demonstrationId, at);
    }
  };
}

export function startEndingLeftAlone(parts: LeftAloneParts): Repeated {
  const { log } = parts;
  return repeat(endLeftAlone(parts), {
    everyMs: EVERY_MS,
    log,
    what: 'it cannot be told which demonstrations are over',
  });
}

async function end(parts: LeftAloneParts, demonstrationId: string, at: Date): Promise<void> {
  const next = await parts.work.write(async (stores) => {
    const stored = await stores.demonstrations.findForUpdate(demonstrationId);
    if (stored?.state !== 'live') return undefined;
    const next = ended(stored, at, await lastStaffed(stores, stored, at));
    await replaceDemonstration(stores, next);
    await recordAct(
      stores.audit,
      { caller: null, requestId: randomUUID(), at },
      {
        action: LEFT_ALONE,
        subjectKind: 'demonstration',
        subjectId: demonstrationId,
        detail: { from: stored.state, to: next.state, endedAt: next.endedAt },
      },
    );
    return next;
  });
  if (!next) return;
  await parts.hall.close(demonstrationId);
  await announceDemonstration(parts, next);
}

/** It was over when the last of theatre and stage went: nobody is credited with the hours after that. */
async function lastStaffed(
  { demonstrations }: Pick<DemonstrationStores, 'demonstrations'>,
  demonstration: Demonstration,
  at: Date,
): Promise<Date> {
  const { demonstrationId, beganAt, endsAt } = demonstration;
  const staff = onAir(demonstration);
  const times = (await demonstrations.listPresences(demonstrationId)).flatMap(({ accountId, toAt, lastSeenAt }) =>
    staff.includes(accountId) ? [Date.parse(toAt ?? lastSeenAt)] : [],
  );
  const last = times.length > 0 ? Math.max(...times) : Date.parse(endsAt ?? at.toISOString());
  return new Date(Math.min(Math.max(last, Date.parse(beganAt ?? at.toISOString())), at.getTime()));
}
