import { randomInt } from 'node:crypto';
import type { types } from 'mediasoup';
import type { CutOrder } from '../contract/cut-order.ts';
import type { SfuNotice, SfuNoticeName } from '../contract/messages.ts';
import type { HallState, RoomSnapshot } from '../contract/room.ts';
import type { CutState, MediaSource, ResumeInput, RoomTokenClaims } from '../contract/token.ts';
import { SEAT_SOURCES } from '../contract/token.ts';
import { isCameraSent } from '../pause-reasons.ts';
import { holdProducer } from '../pauses.ts';
import type { Peer, PeerProducer, RoomTrack } from '../peer.ts';
import { openPlace, type Place } from '../place.ts';
import type { RecorderParts } from '../recorder/recorder.ts';
import type { ProducingTerms, Reservation } from '../room.ts';
import { createSpeakers } from '../speakers.ts';
import { closeProducer } from '../tracks.ts';
import { fitSendTransport } from '../transports.ts';
import type { MediaWorker } from '../workers.ts';
import { countHeld, isNewCut } from './cut-orders.ts';
import { cutOff, endCut, learnNewer } from './cut-state.ts';
import { HallHls } from './hall-hls.ts';
import { HallRecording } from './hall-recording.ts';
import { LastN } from './last-n.ts';
import { LinkedNodes, toMirroredTrack } from './link/linked-nodes.ts';
import { hallClaimsOf, isOfStage, isOnStage, seatOf } from './seats.ts';
import { tellSeldom } from './seldom.ts';
import { REJOIN_WITHIN_MS, SpreadRoom, type SpreadRoomParts } from './spread-room.ts';
import { type Standing, signOf } from './standing.ts';

export interface HallParts extends SpreadRoomParts {
  standing: Standing;
  recorder: RecorderParts;
  /** Where other nodes reach this one. */
  listenInfo: types.TransportListenInfo;
}

/** A theatre's cameras are always shown; of the others no more than a watcher has room for beside them. */
const STAGE_CAMERAS = 2;
const STATE_EVERY_MS = 1_000;
/** However many join, a theatre sends at most one key frame in so long. */
const KEY_FRAME_EVERY_MS = 2_000;

/**
 * A demonstration: a theatre and a stage that everybody sees and hears, and an audience that nobody is told of. Theatre and stage lie on the
 * origin; the audience is spread over all workers.
 */
export class Hall extends SpreadRoom {
  readonly hls = new HallHls(this);
  readonly #standing: Standing;
  readonly #recording: HallRecording;
  readonly #nodes: LinkedNodes;
  readonly #lastN = new LastN(STAGE_CAMERAS);
  readonly #state = tellSeldom(() => this.tell('hall:state', this.#stateNow()), STATE_EVERY_MS);

  constructor(parts: HallParts, origin: Place) {
    super(parts, origin);
    this.#standing = parts.standing;
    countHeld(this.#standing);
    const onChange = () => this.#state.now();
    this.#recording = new HallRecording({ ...parts, router: origin.router, onChange });
    this.#nodes = new LinkedNodes({
      router: origin.router,
      listenInfo: parts.listenInfo,
      log: parts.log,
      findProducer: (producerId) => this.findProducer(producerId),
      mirror: () => ({
        peers: this.#stage().map(({ view }) => view),
        tracks: this.producers.map(toMirroredTrack),
        state: this.#stateNow(),
      }),
      onAudience: () => this.#state.changed(),
    });
  }

  static async open(parts: HallParts, mediaWorker: MediaWorker): Promise<Hall> {
    const hall = new Hall(parts, await openPlace(mediaWorker));
    hall.speakers = await createSpeakers(hall.origin.router, {
      onSpeaker: ({ peerId }) => hall.#spoke(peerId),
      onLevels: (notice) => {
        for (const peer of hall.#stage()) peer.tellVolatile('levels:changed', notice);
      },
    });
    void hall.followRecording();
    return hall;
  }

  /** Records what the standing order says, or nothing any more. @returns once what was being written is on the disk */
  async followRecording(): Promise<void> {
    await this.#recording.follow(this.peers);
  }

  /** Cuts off what is named of the theatre, for everyone who is here and who comes. `by`: null for the server. */
  async cut(order: CutOrder, by: string | null): Promise<CutState> {
    if (isNewCut(this.#standing, order)) return await this.#setCut(cutOff(this.#standing.cut, order), by);
    await this.review();
    return this.#standing.cut;
  }

  /** @throws Failure conflict where there is a newer cut */
  async resume(what: ResumeInput, by: string | null): Promise<CutState> {
    return await this.#setCut(endCut(this.#standing.cut, what), by);
  }

  /** The nodes that have a part of the audience. */
  get nodes(): LinkedNodes {
    return this.#nodes;
  }

  /** What another node, or the server, knows is cut. */
  async learnCut(there: CutState): Promise<void> {
    const cut = learnNewer(this.#standing.cut, there);
    if (cut !== this.#standing.cut) await this.#setCut(cut, this.#standing.cutBy);
  }

  /** This node is about to stop: the audience goes to others, theatre and stage stay to the end. */
  moveAudience(afterMs: () => number): void {
    for (const peer of this.peers) if (seatOf(peer) === 'audience' && !isOnStage(peer)) this.moveAway(peer, afterMs());
  }

  /** Another node has theatre and stage now. */
  moveAll(): void {
    for (const peer of this.peers) {
      this.moveAway(peer, seatOf(peer) === 'audience' ? randomInt(REJOIN_WITHIN_MS + 1) : 0);
      peer.close();
    }
    this.close();
  }

  /** The grants have changed: what an account may publish holds from now on. */
  async followGrant(accountId: string): Promise<void> {
    const windows = this.peersOf(accountId);
    await Promise.all(windows.map((peer) => this.#seat(peer, peer.claims)));
  }

  async reserve(claims: RoomTokenClaims): Promise<Reservation> {
    const { seat } = hallClaimsOf(claims);
    return await this.seating.reserve(seat === 'audience' ? undefined : this.origin.mediaWorker);
  }

  hearersOf(peer: Peer): Peer[] {
    if (isOnStage(peer)) return this.peers;
    return seatOf(peer) === 'advocate' ? this.peers.filter(isOfStage) : [];
  }

  seenBy({ accountId, hall }: RoomTokenClaims): Peer[] {
    const seesAdvocates = hall?.seat === 'theatre' || hall?.seat === 'stage';
    return this.peers.filter(
      (peer) =>
        isOnStage(peer) || peer.claims.accountId === accountId || (seesAdvocates && seatOf(peer) === 'advocate'),
    );
  }

  mayPublish(claims: RoomTokenClaims): readonly MediaSource[] {
    const grant = this.#standing.grants.get(claims.accountId);
    const isNewer = grant && grant.atMs >= Date.parse(claims.issuedAt);
    const most = SEAT_SOURCES[hallClaimsOf(claims).seat];
    return (isNewer ? grant.sources : claims.mayPublish).filter((source) => most.includes(source));
  }

  termsFor(peer: Peer, source: MediaSource): ProducingTerms {
    if (seatOf(peer) !== 'theatre') return { pausedBy: [] };
    const pausedBy: ProducingTerms['pausedBy'] = this.#isCut(source) ? ['cut'] : [];
    return source === 'audio' ? { pausedBy } : { pausedBy, keyFrameRequestDelay: KEY_FRAME_EVERY_MS };
  }

  async bring({ id }: RoomTrack, to: Place): Promise<() => void> {
    return await this.seating.edges.bring(id, to);
  }

  async renewClaims(peer: Peer, claims: RoomTokenClaims): Promise<void> {
    await this.#seat(peer, claims);
  }

  override add(peer: Peer): void {
    super.add(peer);
    this.#state.changed();
  }

  override remove(peer: Peer, farewell?: 'peer:replaced' | 'peer:removed'): void {
    super.remove(peer, farewell);
    this.#state.changed();
  }

  override async addProducer(producer: PeerProducer): Promise<void> {
    const { peerId, source } = producer.appData;
    const peer = this.getPeer(peerId);
    if (peer && source === 'video' && seatOf(peer) !== 'theatre') {
      this.#lastN.add(peerId);
      producer.observer.once('close', () => {
        this.#lastN.remove(peerId);
        this.#reviewLater();
      });
    }
    await super.addProducer(producer);
    this.#recording.add(producer, peer);
  }

  /** Whatever everybody is told the other nodes' watchers have to hear as well. */
  override tell<N extends SfuNoticeName>(name: N, notice: SfuNotice<N>, except?: Peer): void {
    super.tell(name, notice, except);
    this.#nodes.changed();
  }

  override tellOf<N extends SfuNoticeName>(peer: Peer, name: N, notice: SfuNotice<N>): void {
    super.tellOf(peer, name, notice);
    if (isOnStage(peer)) this.#nodes.changed();
  }

  override async review(): Promise<void> {
    const shown = this.#lastN.shown((peerId) => !this.#sendsCamera(peerId));
    const hold = async (producer: PeerProducer, by: 'cut' | 'last-n', held: boolean) => {
      await holdProducer(this, producer, by, held).catch((error: unknown) => {
        if (!producer.closed) throw error;
      });
    };
    await Promise.all(
      this.producers.flatMap((producer) => {
        const { peerId, source } = producer.appData;
        const peer = this.getPeer(peerId);
        if (!peer) return [];
        if (seatOf(peer) === 'theatre') return [hold(producer, 'cut', this.#isCut(source))];
        return source === 'video' ? [hold(producer, 'last-n', !shown.has(peerId))] : [];
      }),
    );
  }

  override snapshotFor(peer: Peer, resumed: boolean): RoomSnapshot {
    return { ...super.snapshotFor(peer, resumed), hall: this.#stateNow() };
  }

  protected override closePlaces(): void {
    this.#state.close();
    void this.#recording.close();
    this.#nodes.close();
    super.closePlaces();
  }

  #isCut(source: MediaSource): boolean {
    const { picture, sound } = this.#standing.cut;
    return source === 'audio' ? sound : picture;
  }

  /** The workers are asked in this turn of the event loop; once it resolves nothing more leaves the origin. */
  async #setCut(cut: CutState, by: string | null): Promise<CutState> {
    this.#standing.cut = cut;
    this.#standing.cutBy = by;
    const done = this.review();
    this.#state.now();
    await this.hls.followCut(cut, done);
    return cut;
  }

  #sendsCamera(peerId: string): boolean {
    return [...(this.getPeer(peerId)?.producers.values() ?? [])].some(isCameraSent);
  }

  #spoke(peerId: string | null): void {
    for (const peer of this.#stage()) peer.tell('speaker:changed', { peerId });
    this.#state.changed();
    if (peerId === null) return;
    this.#lastN.spoke(peerId);
    this.#reviewLater();
  }

  #reviewLater(): void {
    this.review().catch((err: unknown) => this.log.error({ err }, 'the cameras shown did not follow'));
  }

  #stage(): Peer[] {
    return this.peers.filter(isOnStage);
  }

  #stateNow(): HallState {
    const peers = this.peers;
    return {
      audience: peers.filter((peer) => seatOf(peer) === 'audience').length + this.#nodes.audience,
      cut: this.#standing.cut,
      stage: peers.filter(isOnStage).map(({ peerId }) => peerId),
      speakerPeerId: this.speakers?.current() ?? null,
      recording: signOf(this.#standing),
    };
  }

  /** Gives a peer the seat and the leave that token and grants say; what it receives goes on untouched. */
  async #seat(peer: Peer, claims: RoomTokenClaims): Promise<void> {
    const wasOnStage = isOnStage(peer);
    const before = peer.mayPublish;
    peer.claims = claims;
    peer.mayPublish = this.mayPublish(claims);
    for (const producer of peer.producers.values())
      if (!peer.mayPublish.includes(producer.appData.source)) closeProducer(this, peer, producer, 'tell-owner');
    if (isOnStage(peer) !== wasOnStage) {
      if (wasOnStage) this.tell('peer:left', { peerId: peer.peerId }, peer);
      else this.tell('peer:joined', peer.view, peer);
      this.#state.changed();
    }
    if (before.join() === peer.mayPublish.join()) return;
    const sendTransport = await fitSendTransport(this, peer);
    if (!peer.closed) peer.tell('publish:changed', { mayPublish: [...peer.mayPublish], sendTransport });
  }
}
