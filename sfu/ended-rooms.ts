import { Failure } from '../server/contract/failure.ts';
import type { RoomTokenClaims } from './contract/token.ts';

/** Longer than any token is good for. */
const REMEMBER_MS = 24 * 60 * 60 * 1000;

export interface EndedRooms {
  add(roomId: string): void;
  /** @throws Failure conflict, room-closed, where the token was issued before its room was ended */
  refuse(claims: RoomTokenClaims): void;
}

/** Which rooms were ended and when: a token lives on for some minutes after the call that it was for. */
export function createEndedRooms(now: () => number = Date.now): EndedRooms {
  const endedAt = new Map<string, number>();
  return {
    add(roomId) {
      for (const [oldId, at] of endedAt) if (at < now() - REMEMBER_MS) endedAt.delete(oldId);
      endedAt.set(roomId, now());
    },
    refuse({ roomId, issuedAt }) {
      const at = endedAt.get(roomId);
      if (at !== undefined && Date.parse(issuedAt) <= at)
        throw new Failure('conflict', 'the room has ended', { reason: 'room-closed' });
    },
  };
}
