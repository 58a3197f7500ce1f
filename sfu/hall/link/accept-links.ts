import { randomUUID } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { z } from 'zod';
import { Failure } from '../../../server/contract/failure.ts';
import { dispatch } from '../../../server/runtime/dispatch.ts';
import { logFailure, toFailure, toFailureView } from '../../../server/runtime/failures.ts';
import type { Logger } from '../../../server/runtime/log.ts';
import type { CutState } from '../../contract/token.ts';
import type { Hall } from '../hall.ts';
import type { LinkSocket } from './linked-nodes.ts';
import {
  type EdgeToOrigin,
  LINK_PATH,
  type LinkInput,
  type LinkReply,
  type LinkRequestName,
  linkRequests,
  type OriginToEdge,
} from './messages.ts';
import { type LinkClaims, verifyLinkToken } from './token.ts';

interface AcceptLinksParts {
  httpServer: HttpServer;
  nodeId: string;
  secret: string;
  /** Opens the hall and keeps it open until released. @throws Failure unavailable */
  holdHall(roomId: string, cut: CutState): Promise<{ hall: Hall; release: () => void }>;
  log: Logger;
}

const Handshake = z.object({ token: z.string().max(4096) });
/** A link that is silent for so long is lost: edges must not show for long what may have been cut. */
const PING = { pingInterval: 1_000, pingTimeout: 2_000 };

/** Lets other nodes link to the halls whose theatre and stage are here. */
export function acceptLinks({ httpServer, nodeId, secret, holdHall, log }: AcceptLinksParts): { close(): void } {
  const io = new Server<EdgeToOrigin, OriginToEdge, Record<string, never>, { claims: LinkClaims }>(httpServer, {
    path: LINK_PATH,
    serveClient: false,
    transports: ['websocket'],
    // The signalling listens on the same port for its own path.
    destroyUpgrade: false,
    ...PING,
  });
  io.use((socket, next) => {
    try {
      const handshake = Handshake.safeParse(socket.handshake.auth);
      socket.data.claims = verifyLinkToken(handshake.data?.token ?? '', nodeId, secret);
      next();
    } catch (thrown) {
      const requestId = randomUUID();
      const failure = toFailure(thrown);
      logFailure(log, failure, { requestId, name: 'link handshake' });
      next(Object.assign(new Error(failure.message), { data: toFailureView(failure, requestId) }));
    }
  });
  io.on('connection', (socket) => {
    const ofLink = log.child({ roomId: socket.data.claims.roomId, fromNodeId: socket.data.claims.fromNodeId });
    const handlers = createLinkHandlers(socket, socket.data.claims, holdHall);
    dispatch(socket, { log: ofLink, schemas: linkRequests, handlers, admit: () => undefined });
  });
  return { close: () => void io.engine.close() };
}

type LinkHandlers = { [N in LinkRequestName]: (input: LinkInput<N>) => Promise<LinkReply<N>> };

function createLinkHandlers(
  socket: LinkSocket,
  { roomId, fromNodeId }: LinkClaims,
  holdHall: AcceptLinksParts['holdHall'],
): LinkHandlers {
  let held: { hall: Hall; release: () => void } | undefined;
  const getHall = (): Hall => {
    if (!held || held.hall.closed) throw new Failure('unavailable', 'the hall is closed', { retryAfterS: 1 });
    return held.hall;
  };
  return {
    async 'link:attach'(input) {
      held?.release();
      held = await holdHall(roomId, input.cut);
      const { hall, release } = held;
      if (!socket.connected) release();
      socket.once('disconnect', release);
      await hall.learnCut(input.cut);
      return await hall.nodes.attach(socket, fromNodeId, input);
    },
    async 'pipe:take'({ producerId }) {
      return await getHall().nodes.take(socket, producerId);
    },
    async 'pipe:release'({ producerId }) {
      getHall().nodes.release(socket, producerId);
      return {};
    },
    async 'pipe:demand'(input) {
      getHall().nodes.demand(socket, input);
      return {};
    },
    async 'link:audience'({ audience }) {
      getHall().nodes.setAudience(socket, audience);
      return {};
    },
    'link:cut': async ({ by, ...what }) => await getHall().cut(what, by),
    async 'link:learn'({ cut }) {
      await getHall().learnCut(cut);
      return {};
    },
    'link:resume': async ({ by, ...what }) => await getHall().resume(what, by),
  };
}
