import { randomUUID } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { Failure } from '../server/contract/failure.ts';
import { dispatch } from '../server/runtime/dispatch.ts';
import { logFailure, toFailure, toFailureView } from '../server/runtime/failures.ts';
import type { Logger } from '../server/runtime/log.ts';
import { createAdmission } from './admission.ts';
import type { Joined } from './admit.ts';
import { type ClientToSfu, requests, type SfuToClient } from './contract/messages.ts';
import { type RoomTokenClaims, SfuHandshake } from './contract/token.ts';
import { SFU_CONTRACT_VERSION, SFU_SOCKET_PATH } from './contract/version.ts';
import { createHandlers, type Seat } from './handlers.ts';
import type { SfuSocket } from './peer.ts';
import { waitFor } from './presence.ts';
import { verifyRoomToken } from './room-token.ts';
import type { Rooms } from './rooms.ts';

/** The largest honest message, a set of RTP parameters, has some 10 kB. */
const MAX_MESSAGE_BYTES = 64 * 1024;
/** A line that is silent for so long is lost; the peer is waited for from then on. */
const PING = { pingInterval: 10_000, pingTimeout: 10_000 };

/** Of one person: some windows, each with an old connection that is not known to be lost yet. */
const MAX_CONNECTIONS = 16;

interface SignallingParts {
  httpServer: HttpServer;
  rooms: Rooms;
  secret: string;
  graceMs: number;
  log: Logger;
}

export interface Signalling {
  /** Ends the connections of whoever is meant, whether or not they have joined. */
  dismiss(isMeant: (claims: RoomTokenClaims) => boolean): void;
  close(): void;
}

/** Listens for clients on an http server; other paths of it are left alone. */
export function startSignalling({ httpServer, rooms, secret, graceMs, log }: SignallingParts): Signalling {
  const io = new Server<ClientToSfu, SfuToClient, Record<string, never>, { claims: RoomTokenClaims }>(httpServer, {
    path: SFU_SOCKET_PATH,
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    // Whoever holds a token may come from any page; there are no cookies that a foreign page could misuse.
    cors: { origin: '*' },
    ...PING,
  });
  io.use((socket, next) => {
    try {
      const claims = admit(socket.handshake.auth, secret);
      const others = [...io.sockets.sockets.values()].filter(({ data }) => data.claims.accountId === claims.accountId);
      if (others.length >= MAX_CONNECTIONS)
        throw new Failure('rate-limited', 'too many connections of one person', { retryAfterS: 5 });
      socket.data.claims = claims;
      next();
    } catch (thrown) {
      const requestId = randomUUID();
      const failure = toFailure(thrown);
      logFailure(log, failure, { requestId, name: 'handshake' });
      next(Object.assign(new Error(failure.message), { data: toFailureView(failure, requestId) }));
    }
  });
  io.on('connection', (socket) => {
    const { claims } = socket.data;
    const ofSocket = log.child({ socketId: socket.id, roomId: claims.roomId });
    const seat = takeSeat(socket, claims, rooms);
    dispatch(socket, { log: ofSocket, schemas: requests, handlers: createHandlers(seat), admit: createAdmission() });
    socket.once('disconnect', () => {
      const joined = seat.findJoined();
      if (joined) waitFor(joined.room, joined.peer, socket, graceMs, ofSocket);
    });
  });
  // Not io.close(), which ends the http server too; nor a farewell, after which clients would not come back to the next sfu.
  return {
    dismiss(isMeant) {
      for (const socket of io.sockets.sockets.values()) {
        if (!isMeant(socket.data.claims)) continue;
        socket.emit('peer:removed', {});
        socket.disconnect(true);
      }
    },
    close: () => void io.engine.close(),
  };
}

function admit(auth: unknown, secret: string): RoomTokenClaims {
  const handshake = SfuHandshake.safeParse(auth);
  if (!handshake.success) throw new Failure('unauthenticated', 'no room token', { reason: 'token-invalid' });
  const { token, contractVersion } = handshake.data;
  if (contractVersion !== SFU_CONTRACT_VERSION)
    throw new Failure('version-mismatch', `this sfu speaks version ${SFU_CONTRACT_VERSION}`);
  return verifyRoomToken(token, secret, Date.now());
}

interface SocketSeat extends Seat {
  findJoined(): Joined | undefined;
}

/** One connection: it may join when it has not, and again once its peer is gone (left, or the worker under it died). */
function takeSeat(socket: SfuSocket, claims: RoomTokenClaims, rooms: Rooms): SocketSeat {
  let joined: Joined | undefined;
  let joining = false;
  const findJoined = () => (joined && !joined.peer.closed ? joined : undefined);
  return {
    findJoined,
    async look() {
      return { peers: await rooms.look(claims) };
    },
    async join(input) {
      if (joining || findJoined()) throw new Failure('conflict', 'this connection has joined');
      joining = true;
      try {
        joined = await rooms.join(claims, input, socket);
        return joined.snapshot;
      } finally {
        joining = false;
      }
    },
    getJoined() {
      const found = findJoined();
      if (!found) throw new Failure('conflict', 'join the room first');
      return found;
    },
  };
}
