import type { RoomSnapshot } from '../../sfu/contract/room.ts';
import type { MediaSession } from '../call/media-session.ts';
import type { PeerBook } from '../call/peer-book.ts';
import { OUTSIDE, type RemoteTrack, type RoomState, type Viewing, type WayState } from '../call/room-state.ts';
import { RoomWay, type RoomWayParts, type ViewSources } from '../call/room-way.ts';
import type { SfuMessage } from '../call/signalling.ts';
import type { Demand } from '../call/subscription.ts';

/** `isHeld`: whoever sends it has stopped it, or its camera is kept from it; not by any line. */
export type RoomPicture = RemoteTrack & { isHeld: boolean };

/** How it stands in the room of a telephone and the theatre's computer. */
export interface PictureRoomState extends WayState {
  media: RoomState['media'];
  /** The one picture that the other side sends; null while there is none. */
  picture: RoomPicture | null;
  /** The other side is there, however its line is. */
  isMet: boolean;
  /** The own picture is held back by a poor line. */
  isHeldBack: boolean;
}

const NOBODY: PictureRoomState = {
  phase: OUTSIDE.phase,
  failure: null,
  reachable: false,
  rttMs: null,
  present: [],
  media: 'idle',
  picture: null,
  isMet: false,
  isHeldBack: false,
};

/** It is masked and sent on: what is lost here nobody gets back. */
const WHOLE: Demand = { visible: true, widthPx: 1920, priority: 255 };

/** The room in which a telephone's picture reaches the theatre's computer: one side sends, the other receives. */
export class PictureRoom extends RoomWay<PictureRoomState> {
  constructor(parts: Omit<RoomWayParts<PictureRoomState>, 'createView' | 'firstDemand'>) {
    super({ ...parts, firstDemand: () => WHOLE, createView: (sources) => new PictureRoomView(sources) });
  }
}

class PictureRoomView implements Viewing<PictureRoomState> {
  readonly #book: PeerBook;
  readonly #session: () => MediaSession | undefined;
  readonly #listeners = new Set<() => void>();
  #way: Partial<WayState> = {};
  #state = NOBODY;
  #isScheduled = false;

  constructor({ book, session }: ViewSources) {
    this.#book = book;
    this.#session = session;
  }

  get state(): PictureRoomState {
    return this.#state;
  }

  onState(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  set(change: Partial<WayState>): void {
    this.#way = { ...this.#way, ...change };
    this.changed();
  }

  changed(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      this.#state = this.#build();
      for (const listener of this.#listeners) listener();
    });
  }

  hear({ name, notice }: SfuMessage): void {
    if (name === 'peer:joined') this.#book.joined(notice);
    else if (name === 'peer:left') this.#book.left(notice.peerId);
    else if (name === 'peer:away' || name === 'peer:returned') this.#book.setAway(notice.peerId, name === 'peer:away');
    else return;
    this.changed();
  }

  stand(_: RoomSnapshot): void {
    this.changed();
  }

  close(): void {
    this.#listeners.clear();
  }

  #build(): PictureRoomState {
    const session = this.#session();
    const { peers } = this.#book;
    const pictures = peers.flatMap(({ peerId }) => {
      const found = session?.subscriptions.of(peerId, 'video');
      return found ? [{ ...found.remote, isHeld: found.view.paused && found.pausedBy !== 'origin-lost' }] : [];
    });
    return {
      ...NOBODY,
      ...this.#way,
      media: session?.flow ?? (this.#way.phase === 'returning' ? 'interrupted' : 'idle'),
      picture: pictures[0] ?? null,
      isMet: peers.some(({ away, awaited }) => !away && !awaited),
      isHeldBack: session?.line.pictureStopped ?? false,
    };
  }
}
