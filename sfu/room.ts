import type { Logger } from '../server/runtime/log.ts';
import type { PausedBy, SfuNotice, SfuNoticeName } from './contract/messages.ts';
import type { PeerView, RoomSnapshot } from './contract/room.ts';
import type { MediaSource, RoomTokenClaims } from './contract/token.ts';
import { offeredCapabilities } from './media.ts';
import { type Peer, type PeerProducer, type RoomTrack, toProducerView, toTransportView } from './peer.ts';
import type { Place } from './place.ts';
import type { Speakers } from './speakers.ts';
import type { MediaWorker } from './workers.ts';

export interface RoomParts {
  roomId: string;
  log: Logger;
  onClose: (room: Room) => void;
}

/** A place for somebody on the way in, counted as taken until released. */
export interface Reservation {
  place: Place;
  release(): void;
}

/** How a peer's track begins. */
export interface ProducingTerms {
  pausedBy: PausedBy[];
  keyFrameRequestDelay?: number;
}

/** Whoever is to go to another node has gone by then, or will not. */
const MOVED_WITHIN_MS = 20_000;

/**
 * People who send and receive tracks, and what calls and halls have in common. What is sent comes to one router, the origin. It lives while
 * someone is in it or on the way in.
 */
export abstract class Room {
  readonly roomId: string;
  readonly origin: Place;
  readonly log: Logger;
  readonly #peers = new Map<string, Peer>();
  readonly #byAccount = new Map<string, Set<Peer>>();
  readonly #producers = new Map<string, PeerProducer>();
  readonly #onClose: (room: Room) => void;
  protected speakers: Speakers | undefined;
  #entering = 0;
  #closed = false;

  constructor({ roomId, log, onClose }: RoomParts, origin: Place) {
    this.roomId = roomId;
    this.origin = origin;
    this.log = log;
    this.#onClose = onClose;
  }

  /** Where somebody who enters is to receive. */
  abstract reserve(claims: RoomTokenClaims): Promise<Reservation>;
  /** Who is told of this peer's coming and going; the peer itself among them does no harm. */
  abstract hearersOf(peer: Peer): Iterable<Peer>;
  /** Whom the bearer of these claims may see. */
  abstract seenBy(claims: RoomTokenClaims): Pick<Peer, 'peerId' | 'view'>[];
  abstract mayPublish(claims: RoomTokenClaims): readonly MediaSource[];
  abstract termsFor(peer: Peer, source: MediaSource): ProducingTerms;
  /** Makes a track known at a place; it stays so until released. @throws Failure not-found */
  abstract bring(track: RoomTrack, to: Place): Promise<() => void>;
  /** The worker is gone: who was on it is told to come back. */
  abstract loseWorker(mediaWorker: MediaWorker): void;
  /** A fresh token of a peer that is there. */
  abstract renewClaims(peer: Peer, claims: RoomTokenClaims): Promise<void>;

  /** Whatever decides what flows has changed: an owner's pause, a cut, who speaks. */
  async review(): Promise<void> {}

  get closed(): boolean {
    return this.#closed;
  }

  get peers(): Peer[] {
    return [...this.#peers.values()];
  }

  get producers(): PeerProducer[] {
    return [...this.#producers.values()];
  }

  peersOf(accountId: string): Peer[] {
    return [...(this.#byAccount.get(accountId) ?? [])];
  }

  findPeer(accountId: string, sessionId: string): Peer | undefined {
    return this.peersOf(accountId).find((peer) => peer.sessionId === sessionId);
  }

  getPeer(peerId: string): Peer | undefined {
    return this.#peers.get(peerId);
  }

  /** What can be received in the room. */
  get tracks(): RoomTrack[] {
    return this.producers;
  }

  findTrack(producerId: string): RoomTrack | undefined {
    return this.findProducer(producerId);
  }

  findProducer(producerId: string): PeerProducer | undefined {
    return this.#producers.get(producerId);
  }

  get speakerPeerId(): string | null {
    return this.speakers?.current() ?? null;
  }

  /** What is carried on a worker for this room, in streams; a person counts as one. */
  streamsOn(mediaWorker: MediaWorker): number {
    let streams = 0;
    for (const { transports, producers, consumers } of this.#peers.values()) {
      if (transports.place.mediaWorker === mediaWorker) streams += 1 + consumers.size;
      if (this.origin.mediaWorker === mediaWorker) streams += producers.size;
    }
    return streams;
  }

  tell<N extends SfuNoticeName>(name: N, notice: SfuNotice<N>, except?: Peer): void {
    for (const peer of this.#peers.values()) if (peer !== except) peer.tell(name, notice);
  }

  /** Tells of a peer whoever hears of it. */
  tellOf<N extends SfuNoticeName>(peer: Peer, name: N, notice: SfuNotice<N>): void {
    for (const hearer of this.hearersOf(peer)) if (hearer !== peer) hearer.tell(name, notice);
  }

  /** Keeps the room open until `release` is called, while somebody's transports are being made. */
  hold(): { release: () => void } {
    this.#entering += 1;
    let released = false;
    return {
      release: () => {
        if (released) return;
        released = true;
        this.#entering -= 1;
        this.#closeIfEmpty();
      },
    };
  }

  add(peer: Peer): void {
    this.tellOf(peer, 'peer:joined', peer.view);
    for (const { appData } of this.tracks) appData.layersWanted?.expect();
    this.#peers.set(peer.peerId, peer);
    const { accountId } = peer.claims;
    this.#byAccount.set(accountId, (this.#byAccount.get(accountId) ?? new Set()).add(peer));
  }

  remove(peer: Peer, farewell?: 'peer:replaced' | 'peer:removed'): void {
    if (!this.#peers.delete(peer.peerId)) return;
    const windows = this.#byAccount.get(peer.claims.accountId);
    windows?.delete(peer);
    if (windows?.size === 0) this.#byAccount.delete(peer.claims.accountId);
    for (const producerId of peer.producers.keys()) this.tell('producer:closed', { producerId });
    this.tellOf(peer, 'peer:left', { peerId: peer.peerId });
    peer.close(farewell);
    this.#closeIfEmpty();
  }

  /** Takes up a track that a peer has begun to send. */
  async addProducer(producer: PeerProducer): Promise<void> {
    this.#producers.set(producer.id, producer);
    producer.observer.once('close', () => this.#producers.delete(producer.id));
    // What changed while the worker made it holds for it as well, before anybody hears of it.
    await this.review();
    if (producer.kind === 'audio') await this.speakers?.add(producer, producer.appData.peerId);
  }

  snapshotFor(peer: Peer, resumed: boolean): RoomSnapshot {
    const { send, recv, place } = peer.transports;
    const isOther = (track: RoomTrack) => track.appData.peerId !== peer.peerId;
    return {
      peerId: peer.peerId,
      resumed,
      routerRtpCapabilities: offeredCapabilities(place.router),
      mayPublish: [...peer.mayPublish],
      sendTransport: send ? toTransportView(send) : null,
      recvTransport: toTransportView(recv),
      peers: this.#viewsFor(peer),
      producers: this.tracks.filter(isOther).map(toProducerView),
      speakerPeerId: this.speakerPeerId,
      ownProducers: [...peer.producers.values()].map(toProducerView),
      ownConsumers: [...peer.consumers.values()].map(({ id, producerId, paused }) => ({
        consumerId: id,
        producerId,
        paused,
      })),
    };
  }

  #viewsFor(peer: Peer): PeerView[] {
    return this.seenBy(peer.claims)
      .filter(({ peerId }) => peerId !== peer.peerId)
      .map((other) => other.view);
  }

  /** The call is over: everyone is told and disconnected. */
  end(): void {
    this.#close((peer) => peer.close('room:ended'));
  }

  /** The worker under the room is gone: everyone is told to come back on the same connection. */
  abandon(): void {
    this.#close((peer) => this.sendAway(peer));
  }

  /** The sfu stops: media is freed, connections are closed elsewhere. */
  close(): void {
    this.#close((peer) => peer.close());
  }

  protected sendAway(peer: Peer, afterMs = 0): void {
    peer.tell('room:rejoin', { afterMs });
    peer.close();
  }

  /** Another node has a place for the peer: it goes by itself, and is closed where it has not after a while. */
  protected moveAway(peer: Peer, afterMs: number): void {
    if (peer.moving) return;
    peer.moving = setTimeout(() => this.remove(peer), afterMs + MOVED_WITHIN_MS).unref();
    peer.tell('room:move', { afterMs });
  }

  #closeIfEmpty(): void {
    if (this.#peers.size === 0 && this.#entering === 0) this.close();
  }

  #close(dismiss: (peer: Peer) => void): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const peer of this.#peers.values()) dismiss(peer);
    this.#peers.clear();
    this.#byAccount.clear();
    this.closePlaces();
    this.#onClose(this);
  }

  protected closePlaces(): void {
    this.origin.router.close();
  }
}
