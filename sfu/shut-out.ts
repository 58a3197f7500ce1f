import { Failure } from '../server/contract/failure.ts';
import type { RoomTokenClaims } from './contract/token.ts';
import type { Removal } from './control.ts';

/** Longer than any token is good for. */
const REMEMBER_MS = 24 * 60 * 60 * 1000;

/** Whom an old token lets in no more: a token lives on for some minutes after the call, or the right, that it was for. */
export interface ShutOut {
  endRoom(roomId: string): void;
  remove(removal: Removal): void;
  /**
   * @throws Failure conflict, room-closed, where the token was issued before its room was ended; unauthenticated, token-expired, where its
   * person was removed since: whoever still has the right gets a fresh one
   */
  refuse(claims: RoomTokenClaims): void;
}

/** Whether a removal means the bearer of these claims. */
export function isMeant(removal: Removal, claims: RoomTokenClaims): boolean {
  if ('signInId' in removal) return claims.signInId === removal.signInId;
  if (removal.accountId !== claims.accountId) return false;
  return removal.roomId === undefined || removal.roomId === claims.roomId;
}

export function createShutOut(now: () => number = Date.now): ShutOut {
  const startedAt = now();
  const endedAt = new Map<string, number>();
  const removed = new Map<string, { removal: Removal; at: number }>();
  const forget = () => {
    const before = now() - REMEMBER_MS;
    for (const [roomId, at] of endedAt) if (at < before) endedAt.delete(roomId);
    for (const [key, { at }] of removed) if (at < before) removed.delete(key);
  };
  return {
    endRoom(roomId) {
      forget();
      endedAt.set(roomId, now());
    },
    remove(removal) {
      forget();
      removed.set(JSON.stringify(removal), { removal, at: now() });
    },
    refuse(claims) {
      const issuedAt = Date.parse(claims.issuedAt);
      const ended = endedAt.get(claims.roomId);
      if (ended !== undefined && issuedAt <= ended)
        throw new Failure('conflict', 'the room has ended', { reason: 'room-closed' });
      // What an sfu was told before it was started anew is forgotten: the server, which knows, is asked for another token.
      const isOlder = issuedAt < startedAt;
      const isRemoved = [...removed.values()].some(({ removal, at }) => isMeant(removal, claims) && issuedAt <= at);
      if (isOlder || isRemoved)
        throw new Failure('unauthenticated', 'this token opens the room no more', { reason: 'token-expired' });
    },
  };
}
