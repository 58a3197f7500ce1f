import { Failure } from '../server/contract/failure.ts';
import type { Logger } from '../server/runtime/log.ts';
import { CallRoom } from './call-room.ts';
import type { PeerView, RoomJoin, RoomSnapshot } from './contract/room.ts';
import type { RoomTokenClaims } from './contract/token.ts';
import type { PersonInRoom, Removal } from './control.ts';
import { Hall } from './hall/hall.ts';
import { createStandingOrders } from './hall/standing.ts';
import { Peer, type SfuSocket } from './peer.ts';
import type { Place } from './place.ts';
import type { RecorderParts } from './recorder/recorder.ts';
import type { Room, RoomParts } from './room.ts';
import { createShutOut, isMeant } from './shut-out.ts';
import { createTransports, fitSendTransport } from './transports.ts';
import type { MediaWorker, Workers } from './workers.ts';

export interface Joined {
  room: Room;
  peer: Peer;
  snapshot: RoomSnapshot;
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
  readonly #emptied = new Set<() => void>();
  #draining = false;

  constructor({ workers, recorder, log }: { workers: () => Workers; recorder: RecorderParts; log: Logger }) {
    this.#workers = workers;
    this.recorder = recorder;
    this.#log = log;
  }

  async join(claims: RoomTokenClaims, input: RoomJoin, socket: SfuSocket): Promise<Joined> {
    this.#shutOut.refuse(claims);
    const { room, release } = await this.#enter(claims).catch(toUnavailable);
    try {
      const existing = room.findPeer(claims.accountId, input.sessionId);
      if (existing && input.resume && socket.connected) {
        await room.renewClaims(existing, claims);
        if (!existing.closed && socket.connected) return resume(room, existing, input, socket);
      }
      refuseSecondWindow(room, claims, input);
      return await this.#admit(room, claims, input, socket);
    } finally {
      release();
    }
  }

  /** Ends a room for everyone; tokens issued before open it no more. */
  end(roomId: string): void {
    this.#shutOut.endRoom(roomId);
    for (const room of this.#open) if (room.roomId === roomId) room.end();
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

  /** Opens no more rooms; resolves once the last is closed. */
  async drain(): Promise<void> {
    this.#draining = true;
    if (this.#open.size > 0) await new Promise<void>((resolve) => this.#emptied.add(resolve));
  }

  close(): void {
    for (const room of this.#open) room.close();
  }

  /** The room, held open until released. @throws Failure conflict where the token is for the other kind of room */
  async #enter(claims: RoomTokenClaims): Promise<{ room: Room; release: () => void }> {
    const { roomId, hall } = claims;
    for (;;) {
      let opening = this.#rooms.get(roomId);
      if (!opening) {
        opening = this.#openRoom(claims);
        this.#rooms.set(roomId, opening);
        opening.catch(() => this.#rooms.delete(roomId));
      }
      const room = await opening;
      if (room instanceof Hall !== (hall !== undefined))
        throw new Failure('conflict', 'the room is open as one of another kind');
      if (!room.closed) return { room, ...room.hold() };
    }
  }

  async #openRoom({ roomId, hall }: RoomTokenClaims): Promise<Room> {
    const log = this.#log;
    if (this.#draining)
      throw new Failure('unavailable', 'this sfu is about to stop and opens no rooms', {
        reason: 'sfu-unreachable',
        retryAfterS: 5,
      });
    const pickWorker = () => this.#workers().pick((one) => loadOf(one, this.#open));
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
    const mediaWorker = await pickWorker();
    if (hall) this.standing.learnCut(roomId, hall.cut);
    const room = hall
      ? await Hall.open(
          { ...parts, standing: this.standing.of(roomId), recorder: this.recorder, pickWorker },
          mediaWorker,
        )
      : await CallRoom.open(parts, mediaWorker);
    this.#open.add(room);
    // It died while the room was being opened, before anybody was in: the next one opens it elsewhere.
    if (mediaWorker.worker.closed) room.abandon();
    log.info({ roomId, workerIndex: mediaWorker.index }, 'room opened');
    return room;
  }

  async #admit(room: Room, claims: RoomTokenClaims, input: RoomJoin, socket: SfuSocket): Promise<Joined> {
    const { place, release } = await room.reserve(claims).catch(toUnavailable);
    try {
      return await this.#admitAt(place, room, claims, input, socket);
    } finally {
      release();
    }
  }

  async #admitAt(
    place: Place,
    room: Room,
    claims: RoomTokenClaims,
    input: RoomJoin,
    socket: SfuSocket,
  ): Promise<Joined> {
    const transports = await createTransports(room, place, claims).catch(toUnavailable);
    const peer = new Peer(claims, input.sessionId, transports);
    // Given or taken while the transports were made.
    while (isMisfit(room, peer)) await fitSendTransport(room, peer).catch(toUnavailable);
    // Removed while the transports were made: nobody would look again.
    closing(peer, () => {
      this.#shutOut.refuse(claims);
      refuseSecondWindow(room, claims, input);
    });
    if (room.closed || place.mediaWorker.worker.closed || !socket.connected) {
      peer.close();
      throw new Failure('unavailable', 'the room or the connection closed meanwhile', { retryAfterS: 1 });
    }
    peer.rtpCapabilities = input.rtpCapabilities;
    for (const replaced of room.peersOf(claims.accountId)) room.remove(replaced, 'peer:replaced');
    peer.attach(socket);
    room.add(peer);
    this.#log.info({ roomId: room.roomId, peerId: peer.peerId, accountId: claims.accountId }, 'peer joined');
    return { room, peer, snapshot: room.snapshotFor(peer, false) };
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

/** Streams that a core carries: mediasoup's own figure for consumers of a worker. */
const STREAMS_A_CORE = 500;
/** Below, what a worker uses is noise. */
const BUSY_SHARE = 0.2;

/** How full a worker is, about 1 where its core is. People count too: they have their streams before long. */
function loadOf(mediaWorker: MediaWorker, open: ReadonlySet<Room>): number {
  let streams = 0;
  for (const room of open) streams += room.streamsOn(mediaWorker);
  const { cpuShare } = mediaWorker.watch;
  return streams / STREAMS_A_CORE + (cpuShare > BUSY_SHARE ? cpuShare : 0);
}

/**
 * A person is in a room once: two windows would hear each other. A window that cannot be reached just now is no obstacle.
 * @throws Failure conflict, in-other-window
 */
function refuseSecondWindow(room: Room, { accountId }: RoomTokenClaims, { sessionId, takeOver }: RoomJoin): void {
  if (takeOver) return;
  if (room.peersOf(accountId).some((peer) => peer.sessionId !== sessionId && !peer.away))
    throw new Failure('conflict', 'the person is in the room in another window', { reason: 'in-other-window' });
}

/** What the person may publish, as the room knows it now, and the transport for it do not go together. */
function isMisfit(room: Room, peer: Peer): boolean {
  peer.mayPublish = room.mayPublish(peer.claims);
  return peer.mayPublish.length > 0 !== (peer.transports.send !== undefined);
}

/** Runs a check that throws, and frees the peer where it does. */
function closing(peer: Peer, check: () => void): void {
  try {
    check();
  } catch (thrown) {
    peer.close();
    throw thrown;
  }
}

function resume(room: Room, peer: Peer, { rtpCapabilities }: RoomJoin, socket: SfuSocket): Joined {
  const wasAway = peer.away;
  peer.attach(socket);
  if (rtpCapabilities) peer.rtpCapabilities = rtpCapabilities;
  if (wasAway) room.tellOf(peer, 'peer:returned', { peerId: peer.peerId });
  for (const { appData } of peer.producers.values()) appData.layersWanted?.repeat();
  return { room, peer, snapshot: room.snapshotFor(peer, true) };
}

/** A worker that dies while somebody enters makes mediasoup fail in many ways; for the one who enters they are all one. */
function toUnavailable(cause: unknown): never {
  if (cause instanceof Failure) throw cause;
  throw new Failure('unavailable', 'the media worker cannot take the room now', {
    reason: 'sfu-unreachable',
    retryAfterS: 1,
    cause,
  });
}
