import { Failure } from '../../server/contract/failure.ts';
import { SEAT_SOURCES } from '../contract/token.ts';
import type { SfuControl } from '../control.ts';
import type { Rooms } from '../rooms.ts';
import { Hall } from './hall.ts';
import { cutOff, endCut } from './standing.ts';

/** What the server orders of halls. It holds where nobody is in the hall yet, or where everybody is just coming back. */
export function orderHalls(rooms: Rooms): Pick<SfuControl, 'setPublish' | 'cutHall' | 'resumeHall'> {
  const find = async (roomId: string): Promise<Hall | undefined> => {
    const room = await rooms.find(roomId);
    if (room && !(room instanceof Hall)) throw new Failure('conflict', 'the room is a call');
    return room;
  };
  return {
    async setPublish(roomId, accountId, sources) {
      const hall = await find(roomId);
      const seats = hall?.peersOf(accountId).map(({ claims }) => claims.hall?.seat) ?? [];
      if (seats.some((seat) => seat && sources.some((source) => !SEAT_SOURCES[seat].includes(source))))
        throw new Failure('forbidden', 'the seat may not publish that');
      rooms.standing.of(roomId).grants.set(accountId, { sources, atMs: Date.now() });
      await hall?.followGrant(accountId);
    },
    async cutHall(roomId, what) {
      const hall = await find(roomId);
      if (hall) return await hall.cut(what);
      const standing = rooms.standing.of(roomId);
      standing.cut = cutOff(standing.cut, what);
      return standing.cut;
    },
    async resumeHall(roomId, what) {
      const hall = await find(roomId);
      if (hall) return await hall.resume(what);
      const standing = rooms.standing.of(roomId);
      standing.cut = endCut(standing.cut, what);
      return standing.cut;
    },
  };
}
