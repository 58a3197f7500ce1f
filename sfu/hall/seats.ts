import { Failure } from '../../server/contract/failure.ts';
import type { HallClaims, HallSeat, RoomTokenClaims } from '../contract/token.ts';
import type { Peer } from '../peer.ts';

/** @throws Failure conflict where the token is for a call */
export function hallClaimsOf({ hall }: RoomTokenClaims): HallClaims {
  if (!hall) throw new Failure('conflict', 'the token is for a call, the room is a hall');
  return hall;
}

export function seatOf(peer: Peer): HallSeat {
  return hallClaimsOf(peer.claims).seat;
}

export function isOfStage(peer: Peer): boolean {
  const seat = seatOf(peer);
  return seat === 'theatre' || seat === 'stage';
}

/** Known to everyone. Whoever of the audience was given a voice is, as long as that lasts. */
export function isOnStage(peer: Peer): boolean {
  return isOfStage(peer) || peer.mayPublish.length > 0;
}
