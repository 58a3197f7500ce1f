import type { Caller } from '../access/caller.ts';
import { findBasis } from '../access/may.ts';
import type { Sessions } from '../accounts/sessions.ts';
import { Failure } from '../contract/index.ts';
import type { ReviewWindow } from '../review/presence.ts';
import type { Logger } from '../runtime/log.ts';
import type { Work } from '../store/stores.ts';
import { toReviewWindow } from './presence.ts';
import type { SocketServer } from './socket-server.ts';

/** Whoever's session has ended, or whose account was closed, hears nothing after this time. */
const CHECK_MS = 1_000;

export interface StandingParts {
  io: SocketServer;
  sessions: Pick<Sessions, 'findCallers' | 'findClosed'>;
  /** These sessions are over: told and put out. */
  onEnded(sessionIds: string[], why: 'expired' | 'disabled'): void;
  /** This window's person may see the case no more. */
  onForeign(window: ReviewWindow, consultationId: string): Promise<void>;
  work: Work<'consultations'>;
  clock: () => Date;
  log: Logger;
  checkMs?: number;
}

/** Who the people behind the open connections are now: a connection outlives changes of role and facility, and the end of an account. */
export interface Standing {
  /** The person as they are at this moment. @throws Failure unauthenticated where the session has ended */
  getCaller(sessionId: string): Promise<Caller>;
  close(): void;
}

/** Also keeps `data.caller` of this server's sockets up to date, for what is too frequent to be asked about each time. */
export function keepStanding(parts: StandingParts): Standing {
  const { io, sessions, onEnded, onForeign, work, clock, log, checkMs = CHECK_MS } = parts;
  const check = async (): Promise<void> => {
    const sockets = [...io.of('/').sockets.values()];
    if (sockets.length === 0) return;
    const callers = await sessions.findCallers(sockets.map(({ data }) => data.caller.sessionId));
    const ended = new Map<string, string>();
    for (const socket of sockets) {
      const { data } = socket;
      const caller = callers.get(data.caller.sessionId);
      if (!caller) ended.set(data.caller.sessionId, data.caller.accountId);
      else {
        data.caller = caller;
        await leaveForeignCases(toReviewWindow(socket), caller);
      }
    }
    if (ended.size > 0) await tellEnded(ended);
  };
  /** @param ended accounts by their sessions. */
  const tellEnded = async (ended: ReadonlyMap<string, string>): Promise<void> => {
    const closed = await sessions.findClosed([...ended.values()]);
    const ofClosed = (is: boolean) => [...ended].flatMap(([id, accountId]) => (closed.has(accountId) === is ? id : []));
    onEnded(ofClosed(true), 'disabled');
    onEnded(ofClosed(false), 'expired');
  };
  const leaveForeignCases = async (window: ReviewWindow, caller: Caller): Promise<void> => {
    const cases = window.listCases();
    if (cases.length === 0) return;
    const grants = await work.read.consultations.listGrantsOfAccount(caller.accountId, cases);
    for (const consultationId of cases) {
      const ofCase = grants.filter((grant) => grant.consultationId === consultationId);
      if (!findBasis(caller, ofCase, clock())) await onForeign(window, consultationId);
    }
  };
  let closed = false;
  let timer = setTimeout(run, checkMs);
  function run(): void {
    clearTimeout(timer);
    check()
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
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
