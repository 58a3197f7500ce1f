import type { Logger } from '../server/runtime/log.ts';
import type { Peer, SfuSocket } from './peer.ts';
import type { Room } from './room.ts';

/** However long the media flows, a peer that nobody can talk to is not kept for ever. */
const MAX_AWAY_MS = 10 * 60_000;

/**
 * A connection is lost: the peer is waited for `graceMs`, and longer while its media still flows, since then people hear each other and only
 * the signalling is disturbed. Then it is gone.
 */
export function waitFor(room: Room, peer: Peer, socket: SfuSocket, graceMs: number, log: Logger): void {
  if (!peer.detach(socket) || peer.closed) return;
  room.tellOf(peer, 'peer:away', { peerId: peer.peerId });
  log.info({ roomId: room.roomId, peerId: peer.peerId }, 'peer away');
  const awayAt = Date.now();
  const wait = () => {
    peer.graceTimer = setTimeout(() => {
      if (peer.mediaFlows && Date.now() - awayAt < MAX_AWAY_MS) return wait();
      room.remove(peer);
      log.info({ roomId: room.roomId, peerId: peer.peerId }, 'peer given up');
    }, graceMs);
  };
  wait();
}
