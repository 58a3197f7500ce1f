import { randomUUID } from 'node:crypto';
import type { types } from 'mediasoup';
import type { Socket } from 'socket.io';
import type { ClientToSfu, PausedBy, SfuNotice, SfuNoticeName, SfuToClient } from './contract/messages.ts';
import type { ConsumerLayers, PeerView, ProducerView, TransportView } from './contract/room.ts';
import type { RtpCapabilities } from './contract/rtp.ts';
import type { MediaSource, RoomTokenClaims } from './contract/token.ts';
import type { LayerTaker } from './layer-demand.ts';
import type { LayersWanted } from './layers-wanted.ts';
import { heaviest } from './pause-reasons.ts';
import type { Place } from './place.ts';

export type SfuSocket = Socket<ClientToSfu, SfuToClient>;

/** What every producer and consumer carries along. */
export interface TrackData extends types.AppData {
  peerId: string;
  source: MediaSource;
  label?: string;
  inputId?: string;
  /** Of a picture that is sent in layers; see layers-wanted.ts. */
  layersWanted?: LayersWanted;
}
/** What a producer carries besides. */
export interface ProducedTrackData extends TrackData {
  /** Why it does not flow; it does where there is nothing. See pauses.ts. */
  pausedBy: Set<PausedBy>;
  /** All that consume it, at whatever router. */
  consumers: Set<PeerConsumer>;
  /** What other nodes want of it, by the node. */
  farTakers: Map<string, LayerTaker>;
}
/** What a consumer carries besides: see layers.ts. */
export interface ConsumedTrackData extends TrackData {
  /** The layers that the receiver wants; the highest until it says otherwise. */
  wantedLayers: ConsumerLayers;
  /** The first picture is on its way. */
  started: boolean;
}
export type PeerProducer = types.Producer<ProducedTrackData>;
/** A track as those who receive it know it: of a peer here, or of one on the node that a hall's theatre is on. */
export type RoomTrack = Pick<PeerProducer, 'id' | 'kind' | 'type' | 'paused' | 'closed' | 'appData'>;
export type PeerConsumer = types.Consumer<ConsumedTrackData>;

/** The last that a connection hears; it is closed after it. */
export type Farewell = 'peer:replaced' | 'peer:removed' | 'room:ended';

export interface PeerTransports {
  /** Absent where the person may publish nothing. */
  send: types.WebRtcTransport | undefined;
  recv: types.WebRtcTransport;
  /** Where what the peer receives leaves from; what it sends always comes to the room's origin. */
  place: Place;
  /** Set once the receiver asked for another one for the pictures. */
  pictures?: types.WebRtcTransport;
}

/** One window of one person, from its join to its leaving; it outlives the connections that it speaks through. */
export class Peer {
  readonly peerId: string = randomUUID();
  /** Of the token that the peer came, or came back, with last. */
  claims: RoomTokenClaims;
  /** What the person may publish now: of the token, or granted since. */
  mayPublish: readonly MediaSource[];
  readonly sessionId: string;
  readonly transports: PeerTransports;
  readonly producers = new Map<string, PeerProducer>();
  /** Asked for, not there yet. */
  producersUnderway = 0;
  readonly consumers = new Map<string, PeerConsumer>();
  rtpCapabilities: RtpCapabilities | undefined;
  /** Set while the peer is waited for. */
  graceTimer: NodeJS.Timeout | undefined;
  /** Set once the peer was told to go to another node. */
  moving: NodeJS.Timeout | undefined;
  #socket: SfuSocket | undefined;
  #held: (() => void)[] | undefined;
  #closed = false;

  constructor(claims: RoomTokenClaims, sessionId: string, transports: PeerTransports) {
    this.claims = claims;
    this.mayPublish = claims.mayPublish;
    this.sessionId = sessionId;
    this.transports = transports;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get away(): boolean {
    return this.#socket === undefined;
  }

  /** Whether the media still arrives or leaves, whatever became of the signalling. */
  get mediaFlows(): boolean {
    return this.#allTransports().some(
      ({ iceState, dtlsState }) => dtlsState === 'connected' && (iceState === 'connected' || iceState === 'completed'),
    );
  }

  get view(): PeerView {
    const { accountId, displayName, facilityName, role, hall } = this.claims;
    const ofHall = hall && { seat: hall.seat };
    return { peerId: this.peerId, accountId, displayName, facilityName, role, away: this.away, ...ofHall };
  }

  /** Speaks through this connection from now on; an older one is told that it is replaced, and closed. */
  attach(socket: SfuSocket): void {
    const older = this.#socket;
    this.#socket = socket;
    // After the change: the older one's end must not look like the peer's.
    if (older && older !== socket) this.#dismiss(older);
    clearTimeout(this.graceTimer);
    this.graceTimer = undefined;
    // The answer to the join goes out in this turn of the event loop; no notice may overtake it.
    const held: (() => void)[] = [];
    this.#held = held;
    setImmediate(() => {
      if (this.#held === held) this.#held = undefined;
      for (const send of held) send();
    });
  }

  /** @returns whether it was this connection that the peer spoke through */
  detach(socket: SfuSocket): boolean {
    if (this.#socket !== socket) return false;
    this.#socket = undefined;
    this.#held = undefined;
    return true;
  }

  isAttachedTo(socket: SfuSocket): boolean {
    return this.#socket === socket;
  }

  /** A notice while the peer is away is dropped: the snapshot at its return has what it needs. */
  tell<N extends SfuNoticeName>(name: N, notice: SfuNotice<N>): void {
    const socket: NoticeSink | undefined = this.#socket;
    if (!socket) return;
    const send = () => socket.emit(name, notice);
    if (this.#held) this.#held.push(send);
    else send();
  }

  /** Like {@link tell}, but lost rather than late: for what is outdated in half a second. */
  tellVolatile<N extends SfuNoticeName>(name: N, notice: SfuNotice<N>): void {
    const socket: NoticeSink | undefined = this.#socket?.volatile;
    if (!this.#held) socket?.emit(name, notice);
  }

  /** Frees the media. The connection stays, unless `farewell` says that it is finished. */
  close(farewell?: Farewell): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.graceTimer);
    clearTimeout(this.moving);
    for (const transport of this.#allTransports()) transport.close();
    if (farewell && this.#socket) this.#dismiss(this.#socket, farewell);
    this.#socket = undefined;
  }

  #dismiss(socket: SfuSocket, farewell: Farewell = 'peer:replaced'): void {
    socket.emit(farewell, {});
    socket.disconnect(true);
  }

  #allTransports(): types.WebRtcTransport[] {
    const { send, recv, pictures } = this.transports;
    return [send, recv, pictures].filter((transport) => transport !== undefined);
  }
}

/** Socket.IO's own types cannot follow a name that is still generic; {@link Peer.tell} has checked name and notice. */
interface NoticeSink {
  emit(name: string, notice: unknown): unknown;
}

export function toProducerView(producer: RoomTrack): ProducerView {
  const { peerId, source } = producer.appData;
  const { id: producerId, kind, paused } = producer;
  const pausedBy = heaviest(producer.appData.pausedBy);
  return { producerId, peerId, kind, source, ...namesOf(producer.appData), paused, ...(pausedBy && { pausedBy }) };
}

/** How a track is told from others of its source. */
export const namesOf = ({
  label,
  inputId,
}: {
  label?: string;
  inputId?: string;
}): { label?: string; inputId?: string } => ({
  ...(label !== undefined && { label }),
  ...(inputId !== undefined && { inputId }),
});

export function toTransportView(transport: types.WebRtcTransport): TransportView {
  const { id: transportId, iceParameters, iceCandidates, dtlsParameters } = transport;
  return { transportId, iceParameters, iceCandidates, dtlsParameters };
}
