import { randomInt } from 'node:crypto';
import { Failure } from '../server/contract/failure.ts';
import type { Logger } from '../server/runtime/log.ts';
import { type Joined, letIn, toUnavailable } from './admit.ts';
import { CallRoom } from './call-room.ts';
import type { PeerView, RoomJoin } from './contract/room.ts';
import type { CutState, HallClaims, RoomTokenClaims } from './contract/token.ts';
import type { PersonInRoom, Removal } from './control.ts';
import { EdgeHall } from './hall/edge-hall.ts';
import { Hall } from './hall/hall.ts';
import { openHall, originOf, standsRight } from './hall/open-hall.ts';
import { keepPoster } from './hall/poster.ts';
import { REJOIN_WITHIN_MS } from './hall/spread-room.ts';
import { createStandingOrders } from './hall/standing.ts';
import { loadOf } from './load.ts';
import type { JoinedNodes } from './nodes/joined-nodes.ts';
import type { SfuSocket } from './peer.ts';
import type { RecorderParts } from './recorder/recorder.ts';
import type { Room, RoomParts } from './room.ts';
import { createShutOut, isMeant } from './shut-out.ts';
import type { MediaWorker, Workers } from './workers.ts';

export interface RoomsParts {
  workers: () => Workers;
  recorder: RecorderParts;
  /** Where this sfu is one of several. */
  node: JoinedNodes | undefined;
  secret: string;
  log: Logger;
}

/** The rooms of this sfu. A room is opened by the first who comes and closed by the last who goes. */
export class Rooms {
  readonly #workers: () => Workers;
  readonly #log: Logger;
  readonly #rooms = new Map<string, Promise<Room>>();
  readonly #open = new Set<Room>();
  readonly #shutOut = createShutOut();
  /** What holds for halls, whether or not they are open. */
  readonly standing = createStandingOrders((roomId) => this.#rooms.has(roomId));
  readonly recorder: RecorderParts;
  readonly #node: JoinedNodes | undefined;
  readonly #secret: string;
  readonly #emptied = new Set<() => void>();
  #draining = false;

  constructor({ workers, recorder, node, secret, log }: RoomsParts) {
    this.#workers = workers;
    this.recorder = recorder;
    this.#node = node;
    this.#secret = secret;
    this.#log = log;
  }

  get open(): ReadonlySet<Room> {
    return this.#open;
  }

  async join(claims: RoomTokenClaims, input: RoomJoin, socket: SfuSocket): Promise<Joined> {
    this.#shutOut.refuse(claims);
    const { room, release } = await this.#enter(claims).catch(toUnavailable);
    try {
      return await letIn(room, { claims, input, socket }, { shutOut: this.#shutOut, log: this.#log });
    } finally {
      release();
    }
  }

  /** Ends a room for everyone; tokens issued before open it no more. */
  end(roomId: string): void {
    this.#shutOut.endRoom(roomId);
    for (const room of this.#open) if (room.roomId === roomId) room.end();
    for (const known of this.standing.list()) if (known.roomId === roomId) keepPoster(known.standing, null);
    this.#log.info({ roomId }, 'room ended');
  }

  /** Puts a person out; tokens issued before let them in no more. */
  removePerson(removal: Removal): void {
    this.#shutOut.remove(removal);
    this.#putOut((claims) => isMeant(removal, claims));
  }

  /** Puts out whoever's sign-in is over by then, milliseconds since 1970. */
  removeExpired(now: number): void {
    this.#putOut(({ signInEndsAt }) => Date.parse(signInEndsAt) <= now);
  }

  listPeople(): PersonInRoom[] {
    return [...this.#open].flatMap((room) =>
      room.peers.map(({ away, mayPublish, claims: { accountId, signInId, hall } }) => ({
        roomId: room.roomId,
        kind: hall ? 'hall' : 'call',
        accountId,
        signInId,
        away,
        ...(hall && { hall: { seat: hall.seat, mayCut: hall.mayCut, mayPublish: [...mayPublish] } }),
      })),
    );
  }

  /** Who is in the room, as far as the bearer may know. @throws Failure as {@link ShutOut.refuse} */
  async look(claims: RoomTokenClaims): Promise<PeerView[]> {
    this.#shutOut.refuse(claims);
    const room = await this.find(claims.roomId);
    return room?.seenBy(claims).map((peer) => peer.view) ?? [];
  }

  async find(roomId: string): Promise<Room | undefined> {
    return await this.#rooms.get(roomId)?.catch(() => undefined);
  }

  /** Everyone on a dead worker is told to join again. */
  abandon(mediaWorker: MediaWorker): void {
    for (const room of this.#open) room.loseWorker(mediaWorker);
  }

  /** Opens no more rooms; resolves once the last is closed. Where another node has room, those who only watch go there. */
  async drain(): Promise<void> {
    this.#draining = true;
    await this.#node?.drain();
    if (this.#canMove())
      for (const room of this.#open)
        if (room instanceof Hall || room instanceof EdgeHall)
          room.moveAudience(() => DRAIN_KNOWN_MS + randomInt(REJOIN_WITHIN_MS + 1));
    if (this.#open.size > 0) await new Promise<void>((resolve) => this.#emptied.add(resolve));
  }

  close(): void {
    for (const room of this.#open) room.close();
  }

  /** The theatre's and stage's hall, for another node that has a part of its audience. @throws Failure unavailable where it is not here */
  async holdHall(roomId: string, cut: CutState): Promise<{ hall: Hall; release: () => void }> {
    const room = await this.#opened(roomId, () =>
      this.#openRoom(roomId, (parts, on) => this.#openHall(parts, on, { cut })),
    );
    if (!(room instanceof Hall) || room.closed)
      throw new Failure('unavailable', 'theatre and stage are not on this node', { retryAfterS: 1 });
    return { hall: room, ...room.hold() };
  }

  /** The room, held open until released. @throws Failure conflict where the token is for the other kind of room */
  async #enter(claims: RoomTokenClaims): Promise<{ room: Room; release: () => void }> {
    const { roomId, hall } = claims;
    for (;;) {
      const originId = hall && originOf(this.standing.of(roomId), claims, this.#node);
      const room = await this.#opened(roomId, () =>
        this.#openRoom(roomId, (parts, on) =>
          hall ? this.#openHall(parts, on, { cut: hall.cut, originId }) : CallRoom.open(parts, on),
        ),
      );
      if (room instanceof CallRoom !== (hall === undefined))
        throw new Failure('conflict', 'the room is open as one of another kind');
      if (!standsRight(room, originId) || room.closed) continue;
      if (this.#draining && hall?.seat === 'audience' && this.#canMove()) throw stopping();
      const { release } = room.hold();
      await learnCut(room, hall?.cut).catch((error: unknown) => {
        release();
        throw error;
      });
      return { room, release };
    }
  }

  /** Another node takes whoever this one does not. */
  #canMove(): boolean {
    return (this.#node?.others.length ?? 0) > 0;
  }

  async #opened(roomId: string, open: () => Promise<Room>): Promise<Room> {
    let opening = this.#rooms.get(roomId);
    if (!opening) {
      opening = open();
      this.#rooms.set(roomId, opening);
      opening.catch(() => this.#rooms.delete(roomId));
    }
    return await opening;
  }

  #pickWorker(): Promise<MediaWorker> {
    return this.#workers().pick((one) => loadOf(one, this.#open));
  }

  async #openHall(
    parts: RoomParts,
    mediaWorker: MediaWorker,
    { cut, originId }: { cut?: HallClaims['cut']; originId?: string | undefined },
  ): Promise<Hall | EdgeHall> {
    this.standing.learnCut(parts.roomId, cut);
    const ofHall = { standing: this.standing.of(parts.roomId), recorder: this.recorder };
    const ofNode = { node: this.#node, secret: this.#secret };
    const pickWorker = () => this.#pickWorker();
    return await openHall({ ...parts, ...ofHall, ...ofNode, pickWorker }, mediaWorker, originId);
  }

  async #openRoom(roomId: string, open: (parts: RoomParts, mediaWorker: MediaWorker) => Promise<Room>): Promise<Room> {
    const log = this.#log;
    if (this.#draining) throw stopping();
    const parts: RoomParts = {
      roomId,
      log: log.child({ roomId }),
      onClose: (closed) => {
        this.#open.delete(closed);
        this.#rooms.delete(roomId);
        log.info({ roomId }, 'room closed');
        if (this.#open.size === 0) for (const tell of this.#emptied) tell();
      },
    };
    const mediaWorker = await this.#pickWorker();
    const room = await open(parts, mediaWorker);
    this.#open.add(room);
    // It died while the room was being opened, before anybody was in: the next one opens it elsewhere.
    if (mediaWorker.worker.closed) room.abandon();
    log.info({ roomId, workerIndex: mediaWorker.index }, 'room opened');
    return room;
  }

  #putOut(isOut: (claims: RoomTokenClaims) => boolean): void {
    for (const room of this.#open)
      for (const peer of room.peers) {
        if (!isOut(peer.claims)) continue;
        room.remove(peer, 'peer:removed');
        this.#log.info({ roomId: room.roomId, peerId: peer.peerId, accountId: peer.claims.accountId }, 'peer put out');
      }
  }
}

/** What the server knows of a hall that is open: another way may be the first by which a cut gets there. */
async function learnCut(room: Room, cut: HallClaims['cut']): Promise<void> {
  const number = cut?.number;
  if (cut && number !== undefined && (room instanceof Hall || room instanceof EdgeHall))
    await room.learnCut({ ...cut, number });
}

/** By then the server knows that a node is about to stop, and sends nobody there. */
const DRAIN_KNOWN_MS = 3_000;

function stopping(): Failure {
  return new Failure('unavailable', 'this sfu is about to stop and takes nobody new', {
    reason: 'sfu-unreachable',
    retryAfterS: 5,
  });
}
