import { isDeepStrictEqual } from 'node:util';
import type { types } from 'mediasoup';
import type { Logger } from '../../../server/runtime/log.ts';
import type { PausedBy, SfuNotice, SfuNoticeName } from '../../contract/messages.ts';
import type { HallState, PeerView } from '../../contract/room.ts';
import type { CutInput } from '../../contract/token.ts';
import { toProducerView } from '../../peer.ts';
import { FarTrack } from './far-track.ts';
import type { HallMirror, MirroredTrack } from './messages.ts';

export interface MirroredParts {
  log: Logger;
  /** What is cut as far as this node knows: holds whatever the origin has said. */
  cut(): CutInput;
  tell<N extends SfuNoticeName>(name: N, notice: SfuNotice<N>): void;
  onDemand(producerId: string, layers: number): void;
}

/** What an edge node knows of the stage and the tracks of a hall; whoever is there is told of each difference. */
export class Mirrored {
  readonly #parts: MirroredParts;
  #peers: PeerView[] = [];
  #tracks = new Map<string, FarTrack>();
  /** Each track as the origin told of it, before what holds here alone. */
  #told = new Map<string, MirroredTrack>();
  #state: HallState | undefined;
  #isLost = false;

  constructor(parts: MirroredParts) {
    this.#parts = parts;
  }

  get peers(): readonly PeerView[] {
    return this.#peers;
  }

  get tracks(): FarTrack[] {
    return [...this.#tracks.values()];
  }

  get state(): HallState | undefined {
    return this.#state;
  }

  find(producerId: string): FarTrack | undefined {
    return this.#tracks.get(producerId);
  }

  /** A track has been brought to the node, or is no more to be. */
  arrive(producer: types.Producer): void {
    const track = this.#tracks.get(producer.id);
    if (track) track.arrive(producer);
    else producer.close();
  }

  /**
   * Stands as the origin does.
   * @param isFresh what had been brought before does not flow any more
   * @returns whether the hall's state is another one, but for how many watch
   */
  stand({ peers, tracks, state }: HallMirror, isFresh: boolean): boolean {
    const isOther = this.#isLost || !isDeepStrictEqual({ ...this.#state, audience: state.audience }, state);
    this.#isLost = false;
    this.#state = state;
    this.#standPeers(peers);
    this.#standTracks(tracks, isFresh);
    return isOther;
  }

  /** Nothing of the origin's can be shown as live: it may have been cut, or be over. */
  lose(): void {
    this.#isLost = true;
    this.hold();
  }

  /** Each track flows, or not, as all that is known says. */
  hold(): void {
    for (const [producerId, track] of this.#tracks) {
      const told = this.#told.get(producerId);
      if (!told || !track.hold(this.#reasonsOf(told))) continue;
      const { pausedBy: by } = track;
      if (by) this.#parts.tell('producer:paused', { producerId, by });
      else this.#parts.tell('producer:resumed', { producerId });
    }
  }

  close(): void {
    for (const track of this.#tracks.values()) track.close();
  }

  #standPeers(now: PeerView[]): void {
    const { tell } = this.#parts;
    const before = new Map(this.#peers.map((view) => [view.peerId, view]));
    this.#peers = now;
    for (const view of now) {
      const { peerId } = view;
      const old = before.get(peerId);
      before.delete(peerId);
      if (!old) tell('peer:joined', view);
      else if (old.away !== view.away) tell(view.away ? 'peer:away' : 'peer:returned', { peerId });
    }
    for (const peerId of before.keys()) tell('peer:left', { peerId });
  }

  #standTracks(now: MirroredTrack[], isFresh: boolean): void {
    const { log, tell, onDemand } = this.#parts;
    this.#told = new Map(now.map((track) => [track.producerId, track]));
    for (const [producerId, track] of this.#tracks) {
      if (this.#told.has(producerId) && !isFresh) continue;
      this.#tracks.delete(producerId);
      track.close();
      tell('producer:closed', { producerId });
    }
    this.hold();
    for (const [producerId, told] of this.#told) {
      const { label } = told;
      const known = this.#tracks.get(producerId);
      if (known?.rename(label)) tell('producer:renamed', { producerId, ...(label !== undefined && { label }) });
      if (known) continue;
      const track = new FarTrack(told, { log, onDemand: (layers) => onDemand(producerId, layers) });
      track.hold(this.#reasonsOf(told));
      this.#tracks.set(producerId, track);
      tell('producer:created', toProducerView(track));
    }
  }

  #reasonsOf({ peerId, source, pausedBy, isWithoutPicture }: MirroredTrack): (PausedBy | null)[] {
    const { picture, sound } = this.#parts.cut();
    const isOfTheatre = this.#peers.find((view) => view.peerId === peerId)?.seat === 'theatre';
    const isCut = isOfTheatre && (source === 'audio' ? sound : picture);
    return [isWithoutPicture ? 'no-picture' : pausedBy, isCut ? 'cut' : null, this.#isLost ? 'origin-lost' : null];
  }
}
