import { Failure } from '../server/contract/failure.ts';
import type { Logger } from '../server/runtime/log.ts';
import type { RoomJoin, RoomSnapshot } from './contract/room.ts';
import type { RoomTokenClaims } from './contract/token.ts';
import { Peer, type SfuSocket } from './peer.ts';
import type { Place } from './place.ts';
import type { Room } from './room.ts';
import type { ShutOut } from './shut-out.ts';
import { createTransports, fitSendTransport } from './transports.ts';

export interface Joined {
  room: Room;
  peer: Peer;
  snapshot: RoomSnapshot;
}

/** Somebody who wants in, over one connection. */
export interface Entrant {
  claims: RoomTokenClaims;
  input: RoomJoin;
  socket: SfuSocket;
}

interface AdmitParts {
  shutOut: ShutOut;
  log: Logger;
}

/** Lets somebody into a room that is held open: as who they were where they come back, else as somebody new. @throws Failure */
export async function letIn(room: Room, entrant: Entrant, parts: AdmitParts): Promise<Joined> {
  const { claims, input, socket } = entrant;
  const existing = room.findPeer(claims.accountId, input.sessionId);
  if (existing && input.resume && socket.connected) {
    // A move that was told while they were away has not been heard; where it still holds it is told anew.
    clearTimeout(existing.moving);
    existing.moving = undefined;
    await room.renewClaims(existing, claims);
    if (!existing.closed && socket.connected) return resume(room, existing, input, socket);
  }
  refuseSecondWindow(room, claims, input);
  const { place, release } = await room.reserve(claims).catch(toUnavailable);
  try {
    return await admitAt(place, room, entrant, parts);
  } finally {
    release();
  }
}

async function admitAt(
  place: Place,
  room: Room,
  { claims, input, socket }: Entrant,
  { shutOut, log }: AdmitParts,
): Promise<Joined> {
  const transports = await createTransports(room, place, claims).catch(toUnavailable);
  const peer = new Peer(claims, input.sessionId, transports);
  // Given or taken while the transports were made.
  while (isMisfit(room, peer)) await fitSendTransport(room, peer).catch(toUnavailable);
  // Removed while the transports were made: nobody would look again.
  closing(peer, () => {
    shutOut.refuse(claims);
    refuseSecondWindow(room, claims, input);
  });
  if (room.closed || place.mediaWorker.worker.closed || !socket.connected) {
    peer.close();
    throw new Failure('unavailable', 'the room or the connection closed meanwhile', { retryAfterS: 1 });
  }
  peer.rtpCapabilities = input.rtpCapabilities;
  for (const replaced of room.peersOf(claims.accountId)) room.remove(replaced, 'peer:replaced');
  peer.attach(socket);
  room.add(peer);
  log.info({ roomId: room.roomId, peerId: peer.peerId, accountId: claims.accountId }, 'peer joined');
  return { room, peer, snapshot: room.snapshotFor(peer, false) };
}

/**
 * A person is in a room once: two windows would hear each other. A window that cannot be reached just now is no obstacle.
 * @throws Failure conflict, in-other-window
 */
function refuseSecondWindow(room: Room, { accountId }: RoomTokenClaims, { sessionId, takeOver }: RoomJoin): void {
  if (takeOver) return;
  if (room.peersOf(accountId).some((peer) => peer.sessionId !== sessionId && !peer.away))
    throw new Failure('conflict', 'the person is in the room in another window', { reason: 'in-other-window' });
}

/** What the person may publish, as the room knows it now, and the transport for it do not go together. */
function isMisfit(room: Room, peer: Peer): boolean {
  peer.mayPublish = room.mayPublish(peer.claims);
  return peer.mayPublish.length > 0 !== (peer.transports.send !== undefined);
}

/** Runs a check that throws, and frees the peer where it does. */
function closing(peer: Peer, check: () => void): void {
  try {
    check();
  } catch (thrown) {
    peer.close();
    throw thrown;
  }
}

function resume(room: Room, peer: Peer, { rtpCapabilities }: RoomJoin, socket: SfuSocket): Joined {
  const wasAway = peer.away;
  peer.attach(socket);
  if (rtpCapabilities) peer.rtpCapabilities = rtpCapabilities;
  if (wasAway) room.tellOf(peer, 'peer:returned', { peerId: peer.peerId });
  for (const { appData } of peer.producers.values()) appData.layersWanted?.repeat();
  return { room, peer, snapshot: room.snapshotFor(peer, true) };
}

/** A worker that dies while somebody enters makes mediasoup fail in many ways; for the one who enters they are all one. */
export function toUnavailable(cause: unknown): never {
  if (cause instanceof Failure) throw cause;
  throw new Failure('unavailable', 'the media worker cannot take the room now', {
    reason: 'sfu-unreachable',
    retryAfterS: 1,
    cause,
  });
}
