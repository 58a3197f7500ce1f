import type { Clock } from '../review/clock.ts';
import type { LocalMedia } from './local-media.ts';
import type { MediaSession } from './media-session.ts';
import type { BookedPeer } from './peer-book.ts';
import { OUTSIDE, type RemotePerson, type RoomState } from './room-state.ts';
import type { ViewSources } from './room-way.ts';
import type { SfuMessage } from './signalling.ts';
import { WayView } from './way-view.ts';

export interface RoomViewParts extends ViewSources {
  media: LocalMedia;
  clock: Clock;
}

/** What the page of a call shows: the others as people with a voice and a picture each, and how the own devices stand. */
export class RoomView extends WayView<RoomState> {
  readonly #media: LocalMedia;
  readonly #unsubscribe: () => void;
  #mutedByModerator = false;

  constructor(parts: RoomViewParts) {
    super(parts, OUTSIDE);
    const { media } = parts;
    this.#media = media;
    this.#unsubscribe = media.onState(() => {
      if (media.state.microphone.on) this.#mutedByModerator = false;
      this.changed();
    });
  }

  override hear(message: SfuMessage): void {
    super.hear(message);
    if (message.name !== 'producer:paused') return;
    const { by, producerId } = message.notice;
    if (by !== 'moderator' || !this.session()?.publisher.isOwn(producerId)) return;
    this.#media.setMicrophoneOn(false);
    this.#mutedByModerator = true;
    this.changed();
  }

  override close(): void {
    super.close();
    this.#unsubscribe();
  }

  protected show(session: MediaSession | undefined): Pick<RoomState, 'people' | 'self'> {
    const { microphone, camera } = this.#media.state;
    const self = this.selfOf(session);
    return {
      people: this.book.peers.map((peer) => this.#trackedOf(peer, session)),
      self: {
        ...self,
        speaking: self.speaking && microphone.on,
        microphoneHeld: microphone.on && microphone.held,
        cameraHeld: camera.on && camera.held,
        mutedByModerator: this.#mutedByModerator,
      },
    };
  }

  #trackedOf(peer: BookedPeer, session: MediaSession | undefined): RemotePerson {
    const voice = session?.subscriptions.of(peer.peerId, 'audio')?.remote ?? null;
    const picture = session?.subscriptions.of(peer.peerId, 'video')?.remote ?? null;
    return { ...this.personOf(peer, voice), voice, picture };
  }
}
