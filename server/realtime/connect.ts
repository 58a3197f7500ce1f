import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from '../access/caller.ts';
import type { Sessions } from '../accounts/sessions.ts';
import { listRings } from '../call/rings.ts';
import type { CallParts } from '../call/use-cases.ts';
import { CONTRACT_VERSION, Failure, type Notice, requests } from '../contract/index.ts';
import type { DemonstrationParts } from '../demonstrations/parts.ts';
import type { Presence, ReviewWindow } from '../review/presence.ts';
import { createPresentingKeeper, type PresentingKeeper } from '../review/presenting-keeper.ts';
import { closeReview, leaveReview, type ReviewParts } from '../review/use-cases.ts';
import { dispatch } from '../runtime/dispatch.ts';
import { logFailure, toFailure, toFailureView } from '../runtime/failures.ts';
import type { Logger } from '../runtime/log.ts';
import type { ShowingWindow } from '../showing/parts.ts';
import { losePresenter } from '../showing/presenter-lost.ts';
import type { ShowingService } from '../showing/service.ts';
import type { Work } from '../store/stores.ts';
import { type DemonstrationWindows, keepDemonstrationWindows } from './demonstration-windows.ts';
import { createHandlers } from './handlers.ts';
import { createLimits } from './limits.ts';
import { accountRoom, appointmentRoom, demonstrationRoom, sessionRoom } from './notify.ts';
import { createPeerAnnouncer, createPresence, toReviewWindow, toShowingWindow } from './presence.ts';
import { watchSession } from './session-watch.ts';
import type { ServerSocket, SharedSocketServer } from './socket-server.ts';
import { keepStanding, type Standing } from './standing.ts';

/** Of one session on one server: more windows than anybody works with. */
const MAX_WINDOWS = 20;

export interface RealtimeParts extends CallParts {
  work: Work;
  sockets: SharedSocketServer;
  /** Who is asking; given as a write, so that a socket from another site's page is refused. @throws Failure */
  authenticate(credentials: { method: string; headers: IncomingHttpHeaders }): Promise<Caller>;
  sessions: Pick<Sessions, 'isOpen' | 'findCallers' | 'findLapses'>;
  demonstrations: DemonstrationParts;
  showing: ShowingService;
}

/** Answers the contract's socket requests. The server may listen before or after. */
export class Realtime {
  readonly #parts: RealtimeParts;
  readonly #announcer: ReturnType<typeof createPeerAnnouncer>;
  readonly #presenting: PresentingKeeper;
  readonly #review: RealtimeParts & ReviewParts;
  readonly #standing: Standing;
  readonly #demonstrationWindows: DemonstrationWindows;
  #isClosing = false;

  constructor(parts: RealtimeParts) {
    const { sockets, sessions, work, clock, log } = parts;
    const { io, isShared } = sockets;
    this.#parts = parts;
    const presence: Presence = createPresence(io, log);
    this.#announcer = createPeerAnnouncer({ ...parts, presence });
    this.#presenting = createPresentingKeeper({
      ...parts,
      presence,
      tellServers: (consultationId) => {
        if (isShared) io.serverSideEmit('presenting:changed', consultationId);
      },
    });
    io.on('presenting:changed', this.#presenting.forget);
    this.#review = {
      ...parts,
      presence,
      presenting: this.#presenting,
      announcePeers: this.#announcer.announce,
    };
    this.#demonstrationWindows = keepDemonstrationWindows({ work, clock, log });
    this.#standing = keepStanding({
      io,
      sessions,
      onEnded: (sessionIds, why) => this.endSessions(sessionIds, why),
      onForeign: (window, consultationId) => closeReview(this.#review, window, consultationId),
      work,
      clock,
      log,
    });
    io.use((socket, next) => this.#admit(socket, next));
    io.on('connection', (socket) => this.#serve(socket));
  }

  /** These sessions are over: their windows are told and put out, on every server. */
  endSessions(sessionIds: readonly string[], reason: Notice<'session:ended'>['reason']): void {
    if (sessionIds.length === 0) return;
    const { io } = this.#parts.sockets;
    const rooms = sessionIds.map(sessionRoom);
    io.to(rooms).emit('session:ended', { reason });
    io.in(rooms).disconnectSockets(true);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#standing.close();
    this.#announcer.close();
    await this.#demonstrationWindows.close();
    await this.#presenting.close();
    await this.#parts.sockets.close();
  }

  async #admit(socket: ServerSocket, next: (err?: Error) => void): Promise<void> {
    const { authenticate, log } = this.#parts;
    const requestId = randomUUID();
    try {
      requireVersion(socket.handshake.auth);
      socket.data.caller = await authenticate({ method: 'POST', headers: socket.handshake.headers });
      socket.data.qualities = {};
      requireFewWindows(this.#countWindows(socket.data.caller.sessionId));
      next();
    } catch (thrown) {
      const failure = toFailure(thrown);
      logFailure(log, failure, { requestId, name: 'connect' });
      next(Object.assign(new Error(failure.code), { data: toFailureView(failure, requestId) }));
    }
  }

  /** A session that ended while its window was being let in was told to nobody: that window looks anew whose it is. */
  async #endIfEnded(sessionId: string): Promise<void> {
    if (!(await this.#parts.sessions.isOpen(sessionId))) this.endSessions([sessionId], 'switched');
  }

  #serve(socket: ServerSocket): void {
    const parts = this.#parts;
    const { caller } = socket.data;
    if (isShownElsewhere(socket.handshake.auth, caller)) {
      socket.emit('session:ended', { reason: 'switched' });
      socket.disconnect(true);
      return;
    }
    socket.join([accountRoom(caller.accountId), appointmentRoom(caller.appointmentId), sessionRoom(caller.sessionId)]);
    // Those that came at the same moment were all let in before.
    if (this.#countWindows(caller.sessionId) > MAX_WINDOWS) {
      socket.disconnect(true);
      return;
    }
    const window = toReviewWindow(socket);
    const showingWindow = toShowingWindow(socket, this.#review.presence);
    const log = parts.log.child({ peerId: socket.id, accountId: caller.accountId });
    const limits = createLimits(() => socket.disconnect(true));
    const watch = watchSession({
      use: () => parts.authenticate({ method: 'POST', headers: socket.handshake.headers }),
      isOpen: () => parts.sessions.isOpen(caller.sessionId),
      isThere: async () =>
        (await parts.work.read.calls.listActive(window.listCases())).length > 0 ||
        (await parts.work.read.demonstrations.isPresentIn(socket.id, 'live')),
      onEnded: () => this.endSessions([caller.sessionId], 'expired'),
      onError: (err) => log.warn({ err }, 'a session was not checked'),
    });
    this.#standing.tellRunOut(socket);
    this.#endIfEnded(caller.sessionId).catch((err: unknown) => log.warn({ err }, 'a session was not checked'));
    dispatch(socket, {
      log,
      schemas: requests,
      handlers: createHandlers(
        { ...parts, ...this.#review, demonstrationWindows: this.#demonstrationWindows },
        {
          getCaller: () => this.#standing.getCaller(caller.sessionId),
          lastCaller: () => socket.data.caller,
          isConnected: () => socket.connected,
          window,
          showingWindow,
          follow: (demonstrationId, isFollowing) => {
            const room = demonstrationRoom(demonstrationId);
            if (isFollowing) socket.join(room);
            else socket.leave(room);
          },
          limits,
        },
      ),
      admit: (name) => {
        limits.admit(name);
        watch.saw(name);
      },
    });
    ringOnArrival(parts, socket).catch((err: unknown) => log.warn({ err }, 'a call did not ring'));
    socket.on('disconnect', (reason) => {
      watch.close();
      // A server that goes down notes them all at once.
      if (!this.#isClosing) this.#demonstrationWindows.lose(socket.id, reason === 'ping timeout');
    });
    this.#leaveReviewsAtEnd(socket, { window, showingWindow }, log);
  }

  #leaveReviewsAtEnd(
    socket: ServerSocket,
    { window, showingWindow }: { window: ReviewWindow; showingWindow: ShowingWindow },
    log: Logger,
  ): void {
    let cases: string[] = [];
    let showings: string[] = [];
    socket.on('disconnecting', () => {
      cases = window.listCases();
      showings = showingWindow.listShowings();
    });
    socket.on('disconnect', () => {
      // A server that goes down keeps who presents: its windows are back in a moment, on another server or this one.
      if (this.#isClosing) return;
      for (const consultationId of cases)
        leaveReview(this.#review, consultationId, socket.id, false).catch((err: unknown) =>
          log.warn({ err, consultationId }, 'a lost window was not noted'),
        );
      for (const demonstrationId of showings)
        losePresenter(this.#parts.showing.parts, demonstrationId, socket.id).catch((err: unknown) =>
          log.warn({ err, demonstrationId }, 'a lost presenter was not noted'),
        );
    });
  }

  #countWindows(sessionId: string): number {
    return this.#parts.sockets.io.of('/').adapter.rooms.get(sessionRoom(sessionId))?.size ?? 0;
  }
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

/**
 * The window shows what is open in another appointment than the one its session acts in by now: it asked for its page before the person
 * switched, and connected after all windows were told.
 */
const isShownElsewhere = (auth: Record<string, unknown>, { appointmentId }: Pick<Caller, 'appointmentId'>): boolean =>
  typeof auth['appointmentId'] === 'string' && auth['appointmentId'] !== appointmentId;

async function ringOnArrival(parts: CallParts, socket: ServerSocket): Promise<void> {
  const { here, elsewhere } = await listRings(parts, socket.data.caller, parts.clock());
  for (const ring of here) socket.emit('call:rung', ring);
  for (const ring of elsewhere) socket.emit('call:rung-elsewhere', ring);
}
