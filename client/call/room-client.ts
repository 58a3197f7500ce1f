import type { LocalMedia } from './local-media.ts';
import type { RoomState } from './room-state.ts';
import { RoomView } from './room-view.ts';
import { RoomWay, type RoomWayParts } from './room-way.ts';
import { sendingOf } from './sending.ts';

export interface RoomClientParts extends Omit<RoomWayParts<RoomState>, 'sending' | 'createView'> {
  media: LocalMedia;
}

/** One window in a consultation's call: sends this person's voice and picture, and shows the others as people. */
export class RoomClient extends RoomWay<RoomState> {
  constructor(parts: RoomClientParts) {
    const { media, clock } = parts;
    super({
      ...parts,
      sending: sendingOf(media),
      createView: (sources) => new RoomView({ ...sources, media, clock }),
    });
  }
}
