import type { types } from 'mediasoup';
import { Failure } from '../../server/contract/failure.ts';
import type { HallState, RoomSnapshot } from '../contract/room.ts';
import type { CutInput, CutState, ResumeInput, RoomTokenClaims } from '../contract/token.ts';
import type { Peer, RoomTrack } from '../peer.ts';
import { openPlace, type Place } from '../place.ts';
import type { ProducingTerms, Reservation } from '../room.ts';
import type { MediaWorker } from '../workers.ts';
import type { HallMirror } from './link/messages.ts';
import { Mirrored } from './link/mirrored.ts';
import { type MirrorOccasion, type OriginAddress, OriginLink } from './link/origin-link.ts';
import { tellSeldom } from './seldom.ts';
import { SpreadRoom, type SpreadRoomParts } from './spread-room.ts';
import { cutOff, endCut, type Standing } from './standing.ts';

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
  readonly #counting = tellSeldom(() => this.#tellAudience(), TELL_EVERY_MS);
  readonly #state = tellSeldom(() => this.tell('hall:state', this.#stateNow()), TELL_EVERY_MS);

  constructor(parts: EdgeHallParts, place: Place) {
    super(parts, place);
    this.#standing = parts.standing;
    const mirrored = new Mirrored({
      log: parts.log,
      cut: () => this.#standing.cut,
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

  /** Cuts here at once, whether or not the origin is reached. `by`: null for the server. */
  cutHere(what: CutInput, by: string | null): CutState {
    const cut = this.#setCut(cutOff(this.#standing.cut, what));
    this.#link.tell('link:cut', { ...what, by });
    return cut;
  }

  /** @throws Failure conflict where there is a newer cut */
  resumeHere(what: ResumeInput): CutState {
    return this.#setCut(endCut(this.#standing.cut, what));
  }

  /** Somebody here cuts. @throws Failure unavailable where the origin is not reached: it is cut on this node alone */
  async cut(what: CutInput, by: string): Promise<CutState> {
    try {
      return await this.#link.ask('link:cut', { ...what, by });
    } catch (error) {
      if (error instanceof Failure && error.code === 'unavailable') this.cutHere(what, by);
      throw error;
    }
  }

  async resume(what: ResumeInput, by: string): Promise<CutState> {
    return await this.#link.ask('link:resume', { ...what, by });
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
    return { audience: this.peers.length, ...state, cut: this.#standing.cut };
  }

  #setCut(cut: CutState): CutState {
    this.#standing.cut = cut;
    this.#mirrored.hold();
    this.#state.now();
    return cut;
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
    // One with a higher number was made here while the origin was not reached; it has been told.
    if (cut.number >= this.#standing.cut.number) this.#standing.cut = cut;
    if (this.#mirrored.stand(mirror, occasion === 'fresh')) this.#state.now();
    else this.#state.changed();
    if (occasion === 'change') return;
    this.#tellAudience();
    for (const { id: producerId, isTaken, appData } of this.#mirrored.tracks)
      if (isTaken) appData.layersWanted?.repeat();
      else this.#link.tell('pipe:release', { producerId });
  }
}
