import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from '../access/caller.ts';
import type { Sessions } from '../accounts/sessions.ts';
import { type CallParts, listRings } from '../call/use-cases.ts';
import { CONTRACT_VERSION, Failure, requests } from '../contract/index.ts';
import type { Presence } from '../review/presence.ts';
import { createStageHolder } from '../review/stage-holder.ts';
import { closeReview, leaveStage, type ReviewParts } from '../review/use-cases.ts';
import { dispatch } from '../runtime/dispatch.ts';
import { logFailure, toFailure, toFailureView } from '../runtime/failures.ts';
import type { Work } from '../store/stores.ts';
import { createHandlers } from './handlers.ts';
import { createLimits } from './limits.ts';
import { accountRoom, sessionRoom } from './notify.ts';
import { createPeerAnnouncer, createPresence, toReviewWindow } from './presence.ts';
import { watchSession } from './session-watch.ts';
import type { ServerSocket, SharedSocketServer } from './socket-server.ts';
import { keepStanding } from './standing.ts';

/** Of one session on one server: more windows than anybody works with. */
const MAX_WINDOWS = 20;

export interface RealtimeParts extends CallParts {
  work: Work;
  sockets: SharedSocketServer;
  /** Who is asking; given as a write, so that a socket from another site's page is refused. @throws Failure */
  authenticate(credentials: { method: string; headers: IncomingHttpHeaders }): Promise<Caller>;
  sessions: Pick<Sessions, 'isOpen' | 'findCallers'>;
}

export interface Realtime {
  /** These sessions are over: their windows are told and put out, on every server. */
  endSessions(sessionIds: readonly string[], reason: 'signed-out' | 'expired'): void;
  close(): Promise<void>;
}

/** Answers the contract's socket requests. The server may listen before or after. */
export function attachRealtime(parts: RealtimeParts): Realtime {
  const { io, isShared } = parts.sockets;
  const presence: Presence = createPresence(io, parts.log);
  const announcer = createPeerAnnouncer({ ...parts, presence });
  const stages = createStageHolder({
    ...parts,
    presence,
    tellServers: (consultationId) => {
      if (isShared) io.serverSideEmit('stage:changed', consultationId);
    },
  });
  io.on('stage:changed', stages.forget);
  const review = { ...parts, presence, stages, announcePeers: announcer.announce } satisfies ReviewParts;
  let isClosing = false;

  const endSessions: Realtime['endSessions'] = (sessionIds, reason) => {
    if (sessionIds.length === 0) return;
    const rooms = sessionIds.map(sessionRoom);
    io.to(rooms).emit('session:ended', { reason });
    io.in(rooms).disconnectSockets(true);
  };

  const standing = keepStanding({
    io,
    findCallers: parts.sessions.findCallers,
    onEnded: (sessionIds) => endSessions(sessionIds, 'expired'),
    onForeign: (window, consultationId) => closeReview(review, window, consultationId),
    work: parts.work,
    clock: parts.clock,
    log: parts.log,
  });

  const countWindows = (sessionId: string): number => io.of('/').adapter.rooms.get(sessionRoom(sessionId))?.size ?? 0;

  io.use(async (socket, next) => {
    const requestId = randomUUID();
    try {
      requireVersion(socket.handshake.auth);
      socket.data.caller = await parts.authenticate({ method: 'POST', headers: socket.handshake.headers });
      socket.data.qualities = {};
      requireFewWindows(countWindows(socket.data.caller.sessionId));
      next();
    } catch (thrown) {
      const failure = toFailure(thrown);
      logFailure(parts.log, failure, { requestId, name: 'connect' });
      next(Object.assign(new Error(failure.code), { data: toFailureView(failure, requestId) }));
    }
  });

  io.on('connection', (socket) => {
    const { caller } = socket.data;
    const window = toReviewWindow(socket);
    const log = parts.log.child({ peerId: socket.id, accountId: caller.accountId });
    const limits = createLimits(() => socket.disconnect(true));
    const watch = watchSession({
      use: () => parts.authenticate({ method: 'POST', headers: socket.handshake.headers }),
      isOpen: () => parts.sessions.isOpen(caller.sessionId),
      isInCall: async () => (await parts.work.read.calls.listActive(window.listCases())).length > 0,
      onEnded: () => endSessions([caller.sessionId], 'expired'),
      onError: (err) => log.warn({ err }, 'a session was not checked'),
    });
    socket.join([accountRoom(caller.accountId), sessionRoom(caller.sessionId)]);
    // Those that came at the same moment were all let in above.
    if (countWindows(caller.sessionId) > MAX_WINDOWS) {
      socket.disconnect(true);
      return;
    }
    dispatch(socket, {
      log,
      schemas: requests,
      handlers: createHandlers(
        { ...parts, ...review },
        {
          getCaller: () => standing.getCaller(caller.sessionId),
          lastCaller: () => socket.data.caller,
          window,
          limits,
        },
      ),
      admit: (name) => {
        limits.admit(name);
        watch.saw(name);
      },
    });
    ringOnArrival(parts, socket).catch((err: unknown) => log.warn({ err }, 'a call did not ring'));
    let cases: string[] = [];
    socket.on('disconnecting', () => {
      cases = window.listCases();
    });
    socket.on('disconnect', () => {
      watch.close();
      // A server that goes down keeps the stage as it is: its windows are back in a moment, on another server or this one.
      if (isClosing) return;
      for (const consultationId of cases)
        leaveStage(review, consultationId, socket.id, false).catch((err: unknown) =>
          log.warn({ err, consultationId }, 'a lost window was not noted'),
        );
    });
  });

  return {
    endSessions,
    async close() {
      isClosing = true;
      standing.close();
      announcer.close();
      await stages.close();
      await parts.sockets.close();
    },
  };
}

/** @throws Failure rate-limited / too-many-windows */
function requireFewWindows(open: number): void {
  if (open >= MAX_WINDOWS)
    throw new Failure('rate-limited', 'too many windows of one session', {
      reason: 'too-many-windows',
      retryAfterS: 30,
    });
}

/** @throws Failure version-mismatch */
function requireVersion(auth: Record<string, unknown>): void {
  if (auth['contractVersion'] !== CONTRACT_VERSION)
    throw new Failure('version-mismatch', `this server speaks version ${CONTRACT_VERSION}`);
}

async function ringOnArrival(parts: CallParts, socket: ServerSocket): Promise<void> {
  for (const ring of await listRings(parts, socket.data.caller, parts.clock())) socket.emit('call:rung', ring);
}
