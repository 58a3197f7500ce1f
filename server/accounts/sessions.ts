import { randomUUID } from 'node:crypto';
import type { Caller } from '../access/caller.ts';
import { maySignIn } from '../access/may.ts';
import { recordAct } from '../audit/record.ts';
import { type FactorKind, Failure } from '../contract/index.ts';
import { findSessionLimits, type SessionLimits } from '../policies/policy.ts';
import type { Work } from '../store/stores.ts';
import { chooseAppointment } from './appointment.ts';
import { addressRangeOf, type Origin } from './origin.ts';
import { standingsOf, toCaller } from './session-caller.ts';
import { hashSecret, makeSecret } from './session-secret.ts';
import type { Account, Session } from './store.ts';
import { switchSession } from './switching.ts';

/** How stale `usedAt` may be: a session in use writes at most this often. */
const TOUCH_MS = 60_000;
const MACHINE_TOKEN_MS = 60 * 60_000;

export interface SessionParts {
  work: Work<'accounts' | 'audit' | 'calls' | 'facilities' | 'policies' | 'practitioners' | 'secondFactors'>;
  clock: () => Date;
  /** Accounts that this server takes for none. */
  isBarred: (account: Account) => boolean;
  /** When a browser's session ends where no policy says anything, and at the latest. */
  bounds: SessionLimits;
}

/** What is asked for: anything, or only what setting up a second factor or leaving an appointment that has ended takes. */
export type SessionScope = 'all' | 'set-up';

/** `disabled`: the account was closed. `switched`: another took its place, in which the person acts in another appointment. */
export type SessionEnd = 'signed-out' | 'disabled' | 'switched';
/** Why a session that nobody has ended opens nothing any more. */
export type SessionLapse = 'expired' | 'disabled' | 'appointment-ended';
type EndListener = (sessionIds: string[], why: SessionEnd) => void;

export interface Sessions {
  /**
   * @param from replaced: the secret of the browser's session until now, which ends with it: whoever signs in again, or after somebody else, leaves none behind.
   * @returns the secret for the client, which is not kept here.
   * @throws Failure forbidden / no-appointment: none of the person's is in force
   */
  open(
    account: Account,
    kind: Session['kind'],
    requestId: string,
    from?: { replaced?: string | undefined; origin?: Origin; factor?: FactorKind | null; isAlone?: boolean },
  ): Promise<{ secret: string; session: Session }>;
  /**
   * Counts as use of the session: a socket calls it now and then. @param scope set-up: also for whoever must set up a second factor, or whose appointment has ended.
   * @throws Failure unauthenticated: no such session, or it has ended (session-expired); forbidden / second-factor-required or appointment-ended
   */
  authenticate(secret: string, kind: Session['kind'], scope?: SessionScope): Promise<Caller>;
  /** Whether the session is still good; does not count as its use. */
  isOpen(sessionId: string): Promise<boolean>;
  /** Who stands behind these sessions now, as accounts and appointments are now; those to whom not everything is open are left out. No use of them. */
  findCallers(sessionIds: readonly string[]): Promise<Map<string, Caller>>;
  /** Why these sessions, which {@link findCallers} leaves out, open nothing any more. */
  findLapses(sessions: readonly Pick<Session, 'sessionId' | 'accountId'>[]): Promise<Map<string, SessionLapse>>;
  /**
   * The person acts in another of their appointments from now on. A session of its own takes the place of the caller's, with whatever was proven in that: nothing that was
   * opened before goes on in the old place.
   * @returns the new secret, and what is to be called once the answer is out.
   * @throws Failure not-found: none of theirs in force; forbidden for a token
   */
  switchTo(caller: Caller, appointmentId: string, requestId: string): Promise<{ secret: string; tell: () => void }>;
  close(caller: Caller, requestId: string): Promise<void>;
  /** Signs a person out everywhere. */
  closeAll(caller: Caller, requestId: string): Promise<void>;
  /** Tells whenever sessions were ended, after it is committed. */
  onEnded(listener: EndListener): void;
  /** Sessions that a use case of its own has ended, after it is committed. */
  tellEnded(sessionIds: string[], why: SessionEnd): void;
}

export function createSessions(parts: SessionParts): Sessions {
  const { work, clock, isBarred } = parts;
  const listeners: EndListener[] = [];
  const tell = (sessionIds: string[], why: SessionEnd = 'signed-out'): void => {
    if (sessionIds.length > 0) for (const listener of listeners) listener(sessionIds, why);
  };

  return {
    authenticate: (secret, kind, scope = 'all') => authenticate(parts, secret, kind, scope),

    async open(account, kind, requestId, { replaced, origin, factor = null, isAlone = false } = {}) {
      const opening = { account, kind, requestId, replaced, origin, factor, isAlone };
      const { secret, session, ended } = await open(parts, opening);
      if (ended) tell([ended.sessionId]);
      return { secret, session };
    },

    async isOpen(sessionId) {
      const session = await work.read.accounts.findSession({ sessionId });
      if (session === undefined || hasEnded(await limitsOf(parts), session, clock())) return false;
      const account = await work.read.accounts.find(session.accountId);
      return account !== undefined && maySignIn(account, { isBarred });
    },

    async findCallers(sessionIds) {
      const standings = await standingsOf(parts, await listOpen(parts, sessionIds));
      const open = standings.filter(({ stop }) => stop === undefined);
      return new Map(open.map(({ session, caller }) => [session.sessionId, caller]));
    },

    findLapses: (sessions) => findLapses(parts, sessions),

    async switchTo(caller, appointmentId, requestId) {
      const secret = await switchSession(work, { caller, requestId, at: clock() }, appointmentId);
      return { secret, tell: () => tell([caller.sessionId], 'switched') };
    },

    async close(caller, requestId) {
      const { sessionId } = caller;
      await work.write(async (stores) => {
        await stores.accounts.deleteSession(sessionId);
        await recordAct(
          stores.audit,
          { caller, requestId, at: clock() },
          { action: 'session:close', subjectKind: 'session', subjectId: sessionId },
        );
      });
      tell([sessionId]);
    },

    async closeAll(caller, requestId) {
      tell(await closeAll(parts, caller, requestId));
    },

    onEnded(listener) {
      listeners.push(listener);
    },
    tellEnded: tell,
  };
}

const limitsOf = ({ work, bounds }: SessionParts): Promise<SessionLimits> => findSessionLimits(work.read, bounds);

function hasEnded(limits: SessionLimits, session: Session, now: Date): boolean {
  const isIdle = session.kind === 'browser' && now.getTime() - Date.parse(session.usedAt) > limits.idleMs;
  return isIdle || now.toISOString() >= sessionEnd(session, limits);
}

/** When the session ends whatever happens: as it was opened for, or earlier where the policy has become stricter. */
export function sessionEnd(
  { kind, openedAt, expiresAt }: Pick<Session, 'kind' | 'openedAt' | 'expiresAt'>,
  { absoluteMs }: SessionLimits,
): string {
  if (kind !== 'browser') return expiresAt;
  const atMost = new Date(Date.parse(openedAt) + absoluteMs).toISOString();
  return atMost < expiresAt ? atMost : expiresAt;
}

async function listOpen(parts: SessionParts, sessionIds: readonly string[]): Promise<Session[]> {
  const sessions = await parts.work.read.accounts.findSessions([...new Set(sessionIds)]);
  const limits = await limitsOf(parts);
  return sessions.filter((session) => !hasEnded(limits, session, parts.clock()));
}

async function findLapses(
  parts: SessionParts,
  sessions: readonly Pick<Session, 'sessionId' | 'accountId'>[],
): Promise<Map<string, SessionLapse>> {
  const { work, isBarred } = parts;
  const accounts = await work.read.accounts.findMany([...new Set(sessions.map(({ accountId }) => accountId))]);
  const closed = new Set(accounts.filter((one) => !maySignIn(one, { isBarred })).map(({ accountId }) => accountId));
  const open = await listOpen(
    parts,
    sessions.map(({ sessionId }) => sessionId),
  );
  const left = new Set(
    (await standingsOf(parts, open)).flatMap(({ session, stop }) =>
      stop === 'appointment-ended' ? session.sessionId : [],
    ),
  );
  const lapseOf = ({ sessionId, accountId }: Pick<Session, 'sessionId' | 'accountId'>): SessionLapse => {
    if (closed.has(accountId)) return 'disabled';
    return left.has(sessionId) ? 'appointment-ended' : 'expired';
  };
  return new Map(sessions.map((one) => [one.sessionId, lapseOf(one)]));
}

async function authenticate(
  parts: SessionParts,
  secret: string,
  kind: Session['kind'],
  scope: SessionScope,
): Promise<Caller> {
  const { work, clock } = parts;
  const now = clock();
  const session = await work.read.accounts.findSession({ secretHash: hashSecret(secret) });
  // A cookie's secret is no token, nor a token's a cookie: each has its own life and its own guards.
  if (session?.kind !== kind) throw new Failure('unauthenticated', 'no such session');
  if (hasEnded(await limitsOf(parts), session, now))
    throw new Failure('unauthenticated', 'the session has ended', { reason: 'session-expired' });
  const [standing] = await standingsOf(parts, [session]);
  if (!standing || standing.stop === 'closed') throw new Failure('unauthenticated', 'no such session');
  if (scope === 'all' && standing.stop === 'set-up-factor')
    throw new Failure('forbidden', 'a second factor has to be set up first', { reason: 'second-factor-required' });
  if (scope === 'all' && standing.stop === 'appointment-ended')
    throw new Failure('forbidden', 'the appointment is in force no more', { reason: 'appointment-ended' });
  if (now.getTime() - Date.parse(session.usedAt) > TOUCH_MS)
    await work.write((stores) => stores.accounts.touchSession(session.sessionId, now.toISOString()));
  return standing.caller;
}

interface Opening {
  account: Account;
  kind: Session['kind'];
  requestId: string;
  /** The secret of the browser's session until now. */
  replaced: string | undefined;
  origin: Origin | undefined;
  /** What was shown beside the password. */
  factor: FactorKind | null;
  /** There was no password: a passkey stood for it. */
  isAlone: boolean;
}

async function open(
  parts: SessionParts,
  { account, kind, requestId, replaced, origin, factor, isAlone }: Opening,
): Promise<{ secret: string; session: Session; ended: Session | undefined }> {
  const { work, clock } = parts;
  const now = clock();
  const { idleMs, absoluteMs } = await limitsOf(parts);
  const { accountId } = account;
  const appointments = await work.read.accounts.listAppointments([accountId]);
  // A machine is not asked where it is: it acts in the main appointment, as long as there is one.
  const appointment = chooseAppointment(appointments, kind === 'machine' ? null : account.lastAppointmentId, now);
  if (!appointment) throw new Failure('forbidden', 'no appointment is in force', { reason: 'no-appointment' });
  const secret = makeSecret();
  const session: Session = {
    sessionId: randomUUID(),
    accountId,
    appointmentId: appointment.appointmentId,
    kind,
    secretHash: hashSecret(secret),
    openedAt: now.toISOString(),
    usedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + (kind === 'machine' ? MACHINE_TOKEN_MS : absoluteMs)).toISOString(),
    browser: origin?.browser ?? null,
    addressRange: origin ? addressRangeOf(origin.address) : null,
    factorAt: factor === null ? null : now.toISOString(),
    callId: null,
  };
  const caller = toCaller(account, appointment, { facilityName: '', licence: 'unrecorded' }, session.sessionId);
  const former =
    replaced === undefined ? undefined : await work.read.accounts.findSession({ secretHash: hashSecret(replaced) });
  const ended = former?.kind === 'browser' ? former : undefined;
  await work.write(async (stores) => {
    if (ended) await stores.accounts.deleteSession(ended.sessionId);
    await stores.accounts.deleteExpiredSessions(now.toISOString(), new Date(now.getTime() - idleMs).toISOString());
    await stores.accounts.insertSession(session);
    await stores.accounts.noteSignIn(accountId, now.toISOString());
    await recordAct(
      stores.audit,
      { caller, requestId, at: now },
      {
        action: kind === 'machine' ? 'token:mint' : isAlone ? 'session:open-by-passkey' : 'session:open',
        subjectKind: 'session',
        subjectId: session.sessionId,
        detail: { ...(session.browser !== null && { browser: session.browser }), ...(factor && { factor }) },
      },
    );
  });
  return { secret, session, ended };
}

/** @returns the sessions that this ended. */
async function closeAll({ work, clock }: SessionParts, caller: Caller, requestId: string): Promise<string[]> {
  return work.write(async (stores) => {
    const sessionIds = await stores.accounts.deleteSessions(caller.accountId);
    await recordAct(
      stores.audit,
      { caller, requestId, at: clock() },
      {
        action: 'session:close-all',
        subjectKind: 'account',
        subjectId: caller.accountId,
        detail: { sessions: sessionIds.length },
      },
    );
    return sessionIds;
  });
}
