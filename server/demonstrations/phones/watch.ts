import type { PersonInRoom, SfuControl } from '../../../sfu/control.ts';
import type { Caller } from '../../access/caller.ts';
import { demonstrationActions } from '../../access/demonstrations.ts';
import type { Work } from '../../store/stores.ts';
import { findHallStanding } from '../hall/hall-standing.ts';

export interface PhoneWatchParts {
  work: Work<'demonstrations' | 'phoneCameras'>;
  clock: () => Date;
  sfu: Pick<SfuControl, 'endRoom'>;
}

export type CheckPhones = (
  people: readonly PersonInRoom[],
  callers: ReadonlyMap<string, Caller>,
) => Promise<ReadonlySet<string>>;

/**
 * Ends the rooms of telephones that were let go, whose demonstration is over, or whose inviter is of the theatre no more.
 * @returns which of the rooms are telephones', ended or not
 */
export function watchPhones({ work: { read }, clock, sfu }: PhoneWatchParts): CheckPhones {
  return async (people, callers) => {
    const cameras = await read.phoneCameras.findMany([...new Set(people.map(({ roomId }) => roomId))]);
    if (cameras.length === 0) return new Set();
    const demonstrations = await read.demonstrations.findMany([
      ...new Set(cameras.map(({ demonstrationId }) => demonstrationId)),
    ]);
    for (const { cameraId, demonstrationId, sessionId, endedAt } of cameras) {
      const demonstration = demonstrations.find((one) => one.demonstrationId === demonstrationId);
      const caller = callers.get(sessionId);
      const standing = demonstration && (await findHallStanding(read, demonstration, clock()));
      const mayGoOn = caller && standing && demonstrationActions(standing(caller)).includes('arrange-inputs');
      if (endedAt !== null || !mayGoOn) await sfu.endRoom(cameraId);
    }
    return new Set(cameras.map(({ cameraId }) => cameraId));
  };
}
