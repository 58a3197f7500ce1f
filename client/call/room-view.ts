import type { RoomSnapshot } from '../../sfu/contract/room.ts';
import type { Clock } from '../review/clock.ts';
import type { LocalMedia } from './local-media.ts';
import type { MediaSession } from './media-session.ts';
import type { BookedPeer, PeerBook } from './peer-book.ts';
import { OUTSIDE, type RemotePerson, type RoomState, type Viewing, type WayState } from './room-state.ts';
import { type SenderLines, watchSenderLines } from './sender-lines.ts';
import type { SfuMessage } from './signalling.ts';

/** Softer than this is breath and rooms, not speech. */
const SPEECH_DBOV = -55;

export interface RoomViewParts {
  book: PeerBook;
  media: LocalMedia;
  session(): MediaSession | undefined;
  clock: Clock;
}

/** Puts together what the page shows, as one immutable state; however much changes within a turn of the event loop, it is told once. */
export class RoomView implements Viewing<RoomState> {
  readonly #parts: RoomViewParts;
  readonly #senderLines: SenderLines;
  readonly #listeners = new Set<() => void>();
  readonly #unsubscribe: () => void;
  #state = OUTSIDE;
  #way: Pick<WayState, 'phase'> & Partial<WayState> = { phase: OUTSIDE.phase };
  #ownPeerId: string | undefined;
  #loud: ReadonlySet<string> = new Set();
  #speaker: string | null = null;
  #mutedByModerator = false;
  #relayFault: RoomState['relayFault'] = null;
  #scheduled = false;

  constructor(parts: RoomViewParts) {
    const { book, media, session, clock } = parts;
    this.#parts = parts;
    this.#senderLines = watchSenderLines({
      book,
      subscriptions: () => session()?.subscriptions,
      clock,
      onChange: () => this.changed(),
    });
    this.#unsubscribe = media.onState(() => {
      if (media.state.microphone.on) this.#mutedByModerator = false;
      this.changed();
    });
  }

  get state(): RoomState {
    return this.#state;
  }

  onState(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The way into the room has changed. */
  set(change: Partial<WayState>): void {
    this.#way = { ...this.#way, ...change };
    this.changed();
  }

  /** Something that the state is made from has changed. */
  changed(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#state = this.#build();
      for (const listener of this.#listeners) listener();
    });
  }

  hear({ name, notice }: SfuMessage): void {
    const { book, media, session } = this.#parts;
    switch (name) {
      case 'peer:joined':
        book.joined(notice);
        break;
      case 'peer:left':
        book.left(notice.peerId);
        break;
      case 'peer:away':
        book.setAway(notice.peerId, true);
        break;
      case 'peer:returned':
        book.setAway(notice.peerId, false);
        break;
      case 'levels:changed':
        this.#loud = new Set(
          notice.levels.filter(({ levelDbov }) => levelDbov > SPEECH_DBOV).map(({ peerId }) => peerId),
        );
        break;
      case 'speaker:changed':
        this.#speaker = notice.peerId;
        break;
      case 'producer:paused':
        if (notice.by !== 'moderator' || !session()?.publisher.isOwn(notice.producerId)) return;
        media.setMicrophoneOn(false);
        this.#mutedByModerator = true;
        break;
      default:
        return;
    }
    this.changed();
  }

  /** After a join: who this window is in the room now, and who speaks there. */
  stand({ peerId, speakerPeerId }: RoomSnapshot): void {
    this.#ownPeerId = peerId;
    this.#speaker = speakerPeerId;
    this.#loud = new Set();
  }

  close(): void {
    this.#senderLines.close();
    this.#unsubscribe();
    this.#listeners.clear();
  }

  #build(): RoomState {
    const current = this.#parts.session();
    const flow = current?.flow ?? (this.#way.phase === 'returning' ? 'interrupted' : 'idle');
    // Each attempt at a way in asks the relay anew: what the last one met with stands until media flows.
    this.#relayFault = current?.relayFault ?? (flow === 'flowing' ? null : this.#relayFault);
    return {
      ...OUTSIDE,
      ...this.#way,
      people: this.#parts.book.peers.map((peer) => this.#personOf(peer, current)),
      media: flow,
      relayFault: this.#relayFault,
      self: this.#selfOf(current),
    };
  }

  #personOf(peer: BookedPeer, session: MediaSession | undefined): RemotePerson {
    const voice = session?.subscriptions.of(peer.peerId, 'audio')?.remote ?? null;
    const picture = session?.subscriptions.of(peer.peerId, 'video')?.remote ?? null;
    const { key, peerId, accountId, displayName, facilityName, role } = peer;
    return {
      ...{ key, peerId, accountId, displayName, facilityName, role, voice, picture },
      returning: peer.away || peer.awaited,
      quality: this.#senderLines.qualityOf(peerId),
      speaking: this.#isHeard(peerId) && voice !== null && !voice.paused,
    };
  }

  #selfOf(session: MediaSession | undefined): RoomState['self'] {
    const { microphone, camera } = this.#parts.media.state;
    return {
      speaking: this.#ownPeerId !== undefined && this.#isHeard(this.#ownPeerId) && microphone.on,
      quality: session?.line.quality ?? 'good',
      pictureStopped: session?.line.pictureStopped ?? false,
      microphoneHeld: microphone.on && microphone.held,
      cameraHeld: camera.on && camera.held,
      mutedByModerator: this.#mutedByModerator,
    };
  }

  /** The one who prevails, however softly, and whoever else is clearly heard. */
  #isHeard(peerId: string): boolean {
    return peerId === this.#speaker || this.#loud.has(peerId);
  }
}
