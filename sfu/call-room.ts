import type { RoomTokenClaims } from './contract/token.ts';
import type { Peer } from './peer.ts';
import { openPlace } from './place.ts';
import { type Reservation, Room, type RoomParts } from './room.ts';
import { createSpeakers } from './speakers.ts';
import type { MediaWorker } from './workers.ts';

/** The people of one call, on one router: everybody hears of everybody. */
export class CallRoom extends Room {
  static async open(parts: RoomParts, mediaWorker: MediaWorker): Promise<CallRoom> {
    const room = new CallRoom(parts, await openPlace(mediaWorker));
    room.speakers = await createSpeakers(room.origin.router, {
      onSpeaker: (notice) => room.tell('speaker:changed', notice),
      onLevels: (notice) => {
        for (const peer of room.peers) peer.tellVolatile('levels:changed', notice);
      },
    });
    return room;
  }

  async reserve(): Promise<Reservation> {
    return { place: this.origin, release: () => undefined };
  }

  hearersOf(): Peer[] {
    return this.peers;
  }

  seenBy(): Peer[] {
    return this.peers;
  }

  mayPublish({ mayPublish }: RoomTokenClaims): RoomTokenClaims['mayPublish'] {
    return mayPublish;
  }

  termsFor(): { pausedBy: [] } {
    return { pausedBy: [] };
  }

  async bring(): Promise<() => void> {
    return () => undefined;
  }

  loseWorker(mediaWorker: MediaWorker): void {
    if (mediaWorker === this.origin.mediaWorker) this.abandon();
  }

  async renewClaims(peer: Peer, claims: RoomTokenClaims): Promise<void> {
    peer.claims = claims;
    peer.mayPublish = claims.mayPublish;
  }
}
