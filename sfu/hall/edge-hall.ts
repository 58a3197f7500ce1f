import type { types } from 'mediasoup';
import type { CutOrder } from '../contract/cut-order.ts';
import type { HallState, RoomSnapshot } from '../contract/room.ts';
import type { CutInput, CutState, ResumeInput, RoomTokenClaims } from '../contract/token.ts';
import type { Peer, RoomTrack } from '../peer.ts';
import { openPlace, type Place } from '../place.ts';
import type { ProducingTerms, Reservation } from '../room.ts';
import type { MediaWorker } from '../workers.ts';
import { cutOf, holdCut, letGoCounted, letGoTold } from './cut-orders.ts';
import { learnNewer } from './cut-state.ts';
import type { HallMirror } from './link/messages.ts';
import { Mirrored } from './link/mirrored.ts';
import { type MirrorOccasion, type OriginAddress, OriginLink } from './link/origin-link.ts';
import { tellSeldom } from './seldom.ts';
import { SpreadRoom, type SpreadRoomParts } from './spread-room.ts';
import type { Standing } from './standing.ts';

export interface EdgeHallParts extends SpreadRoomParts {
  standing: Standing;
  /** Where other nodes reach this one. */
  listenInfo: types.TransportListenInfo;
  mintLinkToken(toNodeId: string): string;
  findOrigin(): Promise<OriginAddress | undefined>;
}

/** The first who comes waits so long for the origin at most. */
const FIRST_WAIT_MS = 2_000;
/** A link that is back within this time was hardly away: nobody is told. */
const LOST_AFTER_MS = 1_000;
const TELL_EVERY_MS = 1_000;
/** A cut that holds here is told to an origin that did not answer. */
const TELL_AGAIN_MS = 1_000;

/**
 * A hall on a node that has a part of its audience alone. Theatre and stage are on another node, the origin; what is known of them comes over
 * the link, and each of their tracks through its pipe, from the first here who takes it to the last.
 */
export class EdgeHall extends SpreadRoom {
  readonly #standing: Standing;
  readonly #link: OriginLink;
  readonly #mirrored: Mirrored;
  #originId: string | undefined;
  #losing: NodeJS.Timeout | undefined;
  #tellingAgain: NodeJS.Timeout | undefined;
  readonly #counting = tellSeldom(() => this.#tellAudience(), TELL_EVERY_MS);
  readonly #state = tellSeldom(() => this.tell('hall:state', this.#stateNow()), TELL_EVERY_MS);

  constructor(parts: EdgeHallParts, place: Place) {
    super(parts, place);
    this.#standing = parts.standing;
    const mirrored = new Mirrored({
      log: parts.log,
      cut: () => cutOf(this.#standing),
      tell: (name, notice) => this.tell(name, notice),
      onDemand: (producerId, layers) => this.#link.tell('pipe:demand', { producerId, layers }),
    });
    this.#mirrored = mirrored;
    this.#link = new OriginLink({
      router: place.router,
      listenInfo: parts.listenInfo,
      findOrigin: parts.findOrigin,
      mintToken: parts.mintLinkToken,
      cut: () => this.#standing.cut,
      onMirror: (mirror, occasion) => this.#stand(mirror, occasion),
      onLost: () => {
        this.#losing ??= setTimeout(() => this.#lose(), LOST_AFTER_MS).unref();
      },
      isPaused: (producerId) => mirrored.find(producerId)?.paused ?? true,
      onArrived: (producer) => mirrored.arrive(producer),
      log: parts.log,
    });
  }

  /** @param originId the node that has theatre and stage */
  static async open(parts: EdgeHallParts, mediaWorker: MediaWorker, originId: string): Promise<EdgeHall> {
    const hall = new EdgeHall(parts, await openPlace(mediaWorker));
    hall.#originId = originId;
    if (!(await hall.#link.isReady(FIRST_WAIT_MS))) hall.#lose();
    return hall;
  }

  /** A newer token says where theatre and stage are. */
  followOrigin(originId: string): void {
    if (originId === this.#originId) return;
    this.#originId = originId;
    this.#link.renew();
  }

  /**
   * Cuts here at once, and for everybody once the origin has heard of it. `by`: null for the server.
   * @throws Failure unavailable where the origin is not reached: it stays cut here, and is told to it as soon as it is
   */
  async cut(order: CutOrder, by: string | null): Promise<CutState> {
    const orderId = holdCut(this.#standing, order, by);
    this.#showCut();
    return await this.#tellHeld(orderId, { picture: order.picture, sound: order.sound, by });
  }

  /** @throws Failure conflict where there is a newer cut; unavailable where the origin is not reached */
  async resume(what: ResumeInput, by: string | null): Promise<CutState> {
    return await this.#link.ask('link:resume', { ...what, by });
  }

  /** What the server knows is cut: the origin takes it over, and this node from there. */
  async learnCut(there: CutState): Promise<void> {
    if (this.#link.isUp) {
      this.#link.tell('link:learn', { cut: there });
      return;
    }
    const cut = learnNewer(this.#standing.cut, there);
    if (cut === this.#standing.cut) return;
    this.#standing.cut = cut;
    this.#showCut();
  }

  /** Whoever may send something now does so from the origin's node. */
  async followGrant(accountId: string): Promise<void> {
    for (const peer of this.peersOf(accountId)) this.#moveSender(peer);
  }

  /** The node is about to stop. */
  moveAudience(afterMs: () => number): void {
    for (const peer of this.peers) this.moveAway(peer, afterMs());
  }

  async reserve(): Promise<Reservation> {
    return await this.seating.reserve();
  }

  hearersOf(): Peer[] {
    return [];
  }

  seenBy({ accountId }: RoomTokenClaims): Pick<Peer, 'peerId' | 'view'>[] {
    const stage = this.#mirrored.peers.map((view) => ({ peerId: view.peerId, view }));
    return [...stage, ...this.peersOf(accountId)];
  }

  mayPublish(): [] {
    return [];
  }

  termsFor(): ProducingTerms {
    return { pausedBy: [] };
  }

  async bring({ id }: RoomTrack, to: Place): Promise<() => void> {
    const letGo = await this.#link.take(id);
    try {
      const letGoThere = await this.seating.edges.bring(id, to);
      return () => {
        letGoThere();
        letGo();
      };
    } catch (error) {
      letGo();
      throw error;
    }
  }

  async renewClaims(peer: Peer, claims: RoomTokenClaims): Promise<void> {
    peer.claims = claims;
    this.#moveSender(peer);
  }

  override get tracks(): RoomTrack[] {
    return this.#mirrored.tracks;
  }

  override findTrack(producerId: string): RoomTrack | undefined {
    return this.#mirrored.find(producerId);
  }

  override get speakerPeerId(): string | null {
    return this.#mirrored.state?.speakerPeerId ?? null;
  }

  override add(peer: Peer): void {
    super.add(peer);
    this.#counting.changed();
    this.#moveSender(peer);
  }

  override remove(peer: Peer, farewell?: 'peer:replaced' | 'peer:removed'): void {
    super.remove(peer, farewell);
    this.#counting.changed();
  }

  override snapshotFor(peer: Peer, resumed: boolean): RoomSnapshot {
    return { ...super.snapshotFor(peer, resumed), hall: this.#stateNow() };
  }

  protected override closePlaces(): void {
    clearTimeout(this.#losing);
    clearTimeout(this.#tellingAgain);
    this.#counting.close();
    this.#state.close();
    this.#link.close();
    this.#mirrored.close();
    super.closePlaces();
  }

  /** This node seats the audience alone, and those of it alone who send nothing. */
  #moveSender(peer: Peer): void {
    const { accountId, issuedAt, mayPublish, hall } = peer.claims;
    const grant = this.#standing.grants.get(accountId);
    const sources = grant && grant.atMs >= Date.parse(issuedAt) ? grant.sources : mayPublish;
    if (hall?.seat !== 'audience' || sources.length > 0) this.moveAway(peer, 0);
  }

  #stateNow(): HallState {
    const state = this.#mirrored.state ?? { stage: [], speakerPeerId: null, recording: 'off' };
    return { audience: this.peers.length, ...state, cut: cutOf(this.#standing) };
  }

  #showCut(): void {
    this.#mirrored.hold();
    this.#state.now();
  }

  async #tellHeld(orderId: string, what: CutInput & { by: string | null }): Promise<CutState> {
    try {
      const counted = await this.#link.ask('link:cut', { orderId, ...what });
      letGoCounted(this.#standing, orderId, counted.number);
      this.#showCut();
      return counted;
    } catch (error) {
      if (!this.closed) this.#tellingAgain ??= setTimeout(() => this.#tellAllHeld(), TELL_AGAIN_MS).unref();
      throw error;
    }
  }

  #tellAllHeld(): void {
    clearTimeout(this.#tellingAgain);
    this.#tellingAgain = undefined;
    for (const [orderId, { what, by }] of this.#standing.heldCuts)
      this.#tellHeld(orderId, { ...what, by }).catch((err: unknown) => {
        this.log.debug({ err, orderId }, 'a cut that holds here is still to be told to the hall’s origin');
      });
  }

  #tellAudience(): void {
    this.#link.tell('link:audience', { audience: this.peers.length });
  }

  #lose(): void {
    this.#losing = undefined;
    if (this.closed || this.#link.isUp) return;
    this.log.warn({ roomId: this.roomId, originId: this.#originId }, 'the hall’s origin is lost');
    this.#mirrored.lose();
  }

  #stand(mirror: HallMirror, occasion: MirrorOccasion): void {
    clearTimeout(this.#losing);
    this.#losing = undefined;
    const { cut } = mirror.state;
    // One with a higher number was learned here while the origin was not reached; it has been told.
    if (cut.number >= this.#standing.cut.number) this.#standing.cut = cut;
    letGoTold(this.#standing);
    if (this.#mirrored.stand(mirror, occasion === 'fresh')) this.#state.now();
    else this.#state.changed();
    if (occasion === 'change') return;
    this.#tellAudience();
    this.#tellAllHeld();
    for (const { id: producerId, isTaken, appData } of this.#mirrored.tracks)
      if (isTaken) appData.layersWanted?.repeat();
      else this.#link.tell('pipe:release', { producerId });
  }
}
