import { isDeepStrictEqual } from 'node:util';
import type { PersonInRoom } from '../../../sfu/control.ts';
import type { Caller } from '../../access/caller.ts';
import { demonstrationActions } from '../../access/demonstrations.ts';
import type { Demonstration } from '../demonstration.ts';
import { hasHall } from '../rules/rules.ts';
import { findHallStanding } from './hall-standing.ts';
import { createCutKeeper } from './keep-cut.ts';
import type { HallWatchParts } from './parts.ts';
import { seatIn } from './seats.ts';
import type { StoredVoice } from './store.ts';

export type CheckHalls = (people: readonly PersonInRoom[], callers: ReadonlyMap<string, Caller>) => Promise<void>;

/**
 * Compares who is in the halls, from which seat and with what leave, with how they stand to the demonstration now. The sfu is told at once of
 * most changes; this catches other servers' acts, orders that did not reach it, and an sfu that was started anew.
 */
export function watchHalls(parts: HallWatchParts): CheckHalls {
  const { work, sfu } = parts;
  const keepCuts = createCutKeeper(parts);
  return async (people, callers) => {
    if (people.length === 0) return;
    const roomIds = [...new Set(people.map(({ roomId }) => roomId))];
    const demonstrations = await work.read.demonstrations.findMany(roomIds);
    for (const roomId of roomIds) {
      const demonstration = demonstrations.find(({ demonstrationId }) => demonstrationId === roomId);
      if (!demonstration || !hasHall(demonstration.state)) await sfu.endRoom(roomId);
      else
        await checkHall(
          parts,
          demonstration,
          people.filter((one) => one.roomId === roomId),
          callers,
        );
    }
    await keepCuts(demonstrations.filter(({ state }) => hasHall(state)));
  };
}

async function checkHall(
  { work: { read }, clock, sfu }: HallWatchParts,
  demonstration: Demonstration,
  people: readonly PersonInRoom[],
  callers: ReadonlyMap<string, Caller>,
): Promise<void> {
  const { demonstrationId: roomId } = demonstration;
  const standingOf = await findHallStanding(read, demonstration, clock());
  const voices = await read.halls.listVoices(roomId);
  for (const { accountId, signInId, hall } of people) {
    const caller = callers.get(signInId);
    // Whose sign-in is over is out already.
    if (!caller || !hall) continue;
    const standing = standingOf(caller);
    const seat = seatIn(standing);
    const mayCut = demonstrationActions(standing).includes('cut');
    if (seat !== hall.seat || (hall.mayCut && !mayCut)) await sfu.removePerson({ roomId, accountId });
    else if (seat === 'audience') {
      const sources = sourcesOf(voices, accountId);
      if (!isDeepStrictEqual(new Set(sources), new Set(hall.mayPublish)))
        await sfu.setPublish(roomId, accountId, sources);
    }
  }
}

const sourcesOf = (voices: readonly StoredVoice[], accountId: string): StoredVoice['sources'] =>
  voices.find((one) => one.accountId === accountId)?.sources ?? [];
