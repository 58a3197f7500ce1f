import type { types } from 'mediasoup';
import type { Logger } from '../server/runtime/log.ts';
import type { SfuNotice, SfuNoticeName } from './contract/messages.ts';
import type { RoomSnapshot } from './contract/room.ts';
import { MEDIA_CODECS, offeredCapabilities } from './media.ts';
import { type Peer, type PeerConsumer, type PeerProducer, toProducerView, toTransportView } from './peer.ts';
import { createSpeakers, type Speakers } from './speakers.ts';
import type { MediaWorker } from './workers.ts';

export interface RoomParts {
  roomId: string;
  mediaWorker: MediaWorker;
  log: Logger;
  onClose: (room: Room) => void;
}

/** The people of one call, on one mediasoup router. It lives while someone is in it or on the way in. */
export class Room {
  readonly roomId: string;
  readonly mediaWorker: MediaWorker;
  readonly router: types.Router;
  readonly log: Logger;
  readonly #peers = new Map<string, Peer>();
  readonly #onClose: (room: Room) => void;
  #speakers: Speakers | undefined;
  #entering = 0;
  #closed = false;

  private constructor({ roomId, mediaWorker, log, onClose }: RoomParts, router: types.Router) {
    this.roomId = roomId;
    this.mediaWorker = mediaWorker;
    this.log = log;
    this.router = router;
    this.#onClose = onClose;
  }

  static async open(parts: RoomParts): Promise<Room> {
    const router = await parts.mediaWorker.worker.createRouter({ mediaCodecs: MEDIA_CODECS });
    const room = new Room(parts, router);
    room.#speakers = await createSpeakers(router, {
      onSpeaker: (notice) => room.tell('speaker:changed', notice),
      onLevels: (notice) => {
        for (const peer of room.#peers.values()) peer.tellVolatile('levels:changed', notice);
      },
    });
    return room;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get peers(): Peer[] {
    return [...this.#peers.values()];
  }

  peersOf(accountId: string): Peer[] {
    return this.peers.filter((peer) => peer.claims.accountId === accountId);
  }

  findPeer(accountId: string, sessionId: string): Peer | undefined {
    return this.peersOf(accountId).find((peer) => peer.sessionId === sessionId);
  }

  findProducer(producerId: string): PeerProducer | undefined {
    for (const peer of this.#peers.values()) {
      const producer = peer.producers.get(producerId);
      if (producer) return producer;
    }
    return undefined;
  }

  consumersOf(producerId: string): PeerConsumer[] {
    return this.peers
      .flatMap((peer) => [...peer.consumers.values()])
      .filter((consumer) => consumer.producerId === producerId);
  }

  tell<N extends SfuNoticeName>(name: N, notice: SfuNotice<N>, except?: Peer): void {
    for (const peer of this.#peers.values()) if (peer !== except) peer.tell(name, notice);
  }

  /** Keeps the room open until `leave` is called, while somebody's transports are being made. */
  hold(): { release: () => void } {
    this.#entering += 1;
    return {
      release: () => {
        this.#entering -= 1;
        this.#closeIfEmpty();
      },
    };
  }

  add(peer: Peer): void {
    this.tell('peer:joined', peer.view);
    for (const { producers } of this.#peers.values())
      for (const { appData } of producers.values()) appData.layersWanted?.expect();
    this.#peers.set(peer.peerId, peer);
  }

  remove(peer: Peer, farewell?: 'peer:replaced' | 'peer:removed'): void {
    if (!this.#peers.delete(peer.peerId)) return;
    for (const producerId of peer.producers.keys()) this.tell('producer:closed', { producerId });
    this.tell('peer:left', { peerId: peer.peerId });
    peer.close(farewell);
    this.#closeIfEmpty();
  }

  async listenTo(producer: PeerProducer): Promise<void> {
    await this.#speakers?.add(producer, producer.appData.peerId);
  }

  snapshotFor(peer: Peer, resumed: boolean): RoomSnapshot {
    const others = this.peers.filter((other) => other !== peer);
    const { send, recv } = peer.transports;
    return {
      peerId: peer.peerId,
      resumed,
      routerRtpCapabilities: offeredCapabilities(this.router),
      sendTransport: send ? toTransportView(send) : null,
      recvTransport: toTransportView(recv),
      peers: others.map((other) => other.view),
      producers: others.flatMap((other) => [...other.producers.values()].map(toProducerView)),
      speakerPeerId: this.#speakers?.current() ?? null,
      ownProducers: [...peer.producers.values()].map(toProducerView),
      ownConsumers: [...peer.consumers.values()].map(({ id, producerId, paused }) => ({
        consumerId: id,
        producerId,
        paused,
      })),
    };
  }

  /** The call is over: everyone is told and disconnected. */
  end(): void {
    this.#close((peer) => peer.close('room:ended'));
  }

  /** The worker under the room is gone: everyone is told to come back on the same connection. */
  abandon(): void {
    this.#close((peer) => {
      peer.tell('room:rejoin', {});
      peer.close();
    });
  }

  /** The sfu stops: media is freed, connections are closed elsewhere. */
  close(): void {
    this.#close((peer) => peer.close());
  }

  #closeIfEmpty(): void {
    if (this.#peers.size === 0 && this.#entering === 0) this.close();
  }

  #close(dismiss: (peer: Peer) => void): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const peer of this.#peers.values()) dismiss(peer);
    this.#peers.clear();
    this.router.close();
    this.#onClose(this);
  }
}
