import { randomInt } from 'node:crypto';
import type { Peer } from '../peer.ts';
import type { Place } from '../place.ts';
import { Room, type RoomParts } from '../room.ts';
import type { MediaWorker } from '../workers.ts';
import { Seating } from './seating.ts';
import { seatOf } from './seats.ts';

export interface SpreadRoomParts extends RoomParts {
  /** The worker on which there is most room. */
  pickWorker(): Promise<MediaWorker>;
}

/** An audience that has to come back does so within this time, spread evenly. */
export const REJOIN_WITHIN_MS = 2_000;

/** A room whose audience is spread over all workers of this process. */
export abstract class SpreadRoom extends Room {
  protected readonly seating: Seating;

  constructor(parts: SpreadRoomParts, origin: Place) {
    super(parts, origin);
    this.seating = new Seating(origin, parts.pickWorker, parts.log);
  }

  loseWorker(mediaWorker: MediaWorker): void {
    if (mediaWorker === this.origin.mediaWorker) {
      this.abandon();
      return;
    }
    this.seating.edges.lose(mediaWorker);
    for (const peer of this.peers) {
      if (peer.transports.place.mediaWorker !== mediaWorker) continue;
      this.sendAway(peer);
      this.remove(peer);
    }
  }

  override streamsOn(mediaWorker: MediaWorker): number {
    return super.streamsOn(mediaWorker) + this.seating.streamsOn(mediaWorker);
  }

  protected override sendAway(peer: Peer): void {
    super.sendAway(peer, seatOf(peer) === 'audience' ? randomInt(REJOIN_WITHIN_MS + 1) : 0);
  }

  protected override closePlaces(): void {
    this.seating.edges.close();
    super.closePlaces();
  }
}
