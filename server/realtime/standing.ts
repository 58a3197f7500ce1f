import type { Caller } from '../access/caller.ts';
import { findBasis } from '../access/may.ts';
import { FINISHING_MS } from '../accounts/appointment.ts';
import type { SessionLapse, Sessions } from '../accounts/sessions.ts';
import { Failure } from '../contract/index.ts';
import { findForeignWindows } from '../demonstrations/hall/hall-standing.ts';
import { leaveDemonstration } from '../demonstrations/presence-use-cases.ts';
import type { ReviewWindow } from '../review/presence.ts';
import type { Logger } from '../runtime/log.ts';
import type { Work } from '../store/stores.ts';
import { demonstrationOfRoom, demonstrationRoom, keepToCase, showersRoom, showingRoom } from './notify.ts';
import { toReviewWindow } from './presence.ts';
import type { ServerSocket, SocketServer } from './socket-server.ts';

/** Whoever's session has ended, or whose account was closed, hears nothing after this time. */
const CHECK_MS = 1_000;

export interface StandingParts {
  io: SocketServer;
  sessions: Pick<Sessions, 'findCallers' | 'findLapses'>;
  /** These sessions are over: told and put out. */
  onEnded(sessionIds: string[], why: SessionLapse): void;
  /** This window's person may see the case no more. */
  onForeign(window: ReviewWindow, consultationId: string): Promise<void>;
  work: Work<'consultations' | 'demonstrations'>;
  clock: () => Date;
  log: Logger;
  checkMs?: number;
}

/** Who the people behind the open connections are now: a connection outlives changes of role and facility, and the end of an account. */
export interface Standing {
  /** The person as they are at this moment. @throws Failure unauthenticated where the session has ended */
  getCaller(sessionId: string): Promise<Caller>;
  /** A window whose person finishes a case is told so, and hears of that one alone. */
  tellRunOut(socket: ServerSocket): void;
  close(): void;
}

/** Also keeps `data.caller` of this server's sockets up to date, for what is too frequent to be asked about each time. */
export function keepStanding(parts: StandingParts): Standing {
  const { io, sessions, log, checkMs = CHECK_MS } = parts;
  let closed = false;
  let timer = setTimeout(run, checkMs);
  function run(): void {
    clearTimeout(timer);
    check(parts, [...io.of('/').sockets.values()])
      // During an outage of the database everything that needs it is refused anyway.
      .catch((err: unknown) => log.debug({ err }, 'the sessions were not checked'))
      .finally(() => {
        clearTimeout(timer);
        if (!closed) timer = setTimeout(run, checkMs);
      });
  }
  return {
    async getCaller(sessionId) {
      const caller = (await sessions.findCallers([sessionId])).get(sessionId);
      if (caller) return caller;
      // After the answer, which would else find the connection closed.
      setImmediate(run);
      throw new Failure('unauthenticated', 'the session has ended', { reason: 'session-expired' });
    },
    tellRunOut,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

async function check(parts: StandingParts, sockets: readonly ServerSocket[]): Promise<void> {
  if (sockets.length === 0) return;
  const callers = await parts.sessions.findCallers(sockets.map(({ data }) => data.caller.sessionId));
  const ended = new Map<string, string>();
  for (const socket of sockets) {
    const { data } = socket;
    const caller = callers.get(data.caller.sessionId);
    if (!caller) ended.set(data.caller.sessionId, data.caller.accountId);
    else {
      const isNew = data.caller.onlyCaseId !== caller.onlyCaseId;
      data.caller = caller;
      if (isNew) tellRunOut(socket);
      await leaveForeignCases(parts, toReviewWindow(socket), caller);
    }
  }
  if (ended.size > 0) await tellEnded(parts, ended);
  await leaveForeignDemonstrations(parts, sockets);
}

function tellRunOut(socket: ServerSocket): void {
  const { appointmentId, onlyCaseId } = socket.data.caller;
  if (onlyCaseId === undefined) return;
  void keepToCase(socket, appointmentId, onlyCaseId);
  socket.emit('appointment:run-out', { consultationId: onlyCaseId, hours: FINISHING_MS / 3_600_000 });
}

/** @param ended accounts by their sessions. */
async function tellEnded({ sessions, onEnded }: StandingParts, ended: ReadonlyMap<string, string>): Promise<void> {
  const lapses = await sessions.findLapses([...ended].map(([sessionId, accountId]) => ({ sessionId, accountId })));
  for (const [sessionId, why] of lapses) onEnded([sessionId], why);
}

async function leaveForeignCases(
  { work, clock, onForeign }: StandingParts,
  window: ReviewWindow,
  caller: Caller,
): Promise<void> {
  const cases = window.listCases();
  if (cases.length === 0) return;
  const grants = await work.read.consultations.listGrantsOfAccount(caller.accountId, cases);
  for (const consultationId of cases) {
    const ofCase = grants.filter((grant) => grant.consultationId === consultationId);
    if (!findBasis(caller, ofCase, clock())) await onForeign(window, consultationId);
  }
}

/** Of a window that was just entering while its person was taken out nobody else knows. */
async function leaveForeignDemonstrations(
  { io, work, clock }: StandingParts,
  sockets: readonly ServerSocket[],
): Promise<void> {
  const entered = sockets.flatMap(({ id: windowId, rooms, data: { caller } }) =>
    [...rooms].flatMap((room) => {
      const demonstrationId = demonstrationOfRoom(room);
      return demonstrationId === undefined ? [] : [{ windowId, demonstrationId, caller }];
    }),
  );
  for (const { windowId, demonstrationId } of await findForeignWindows(work, entered, clock())) {
    const rooms = [demonstrationRoom, showingRoom, showersRoom].map((roomOf) => roomOf(demonstrationId));
    io.in(windowId).socketsLeave(rooms);
    await leaveDemonstration({ work }, { windowId }, demonstrationId, clock());
  }
}
