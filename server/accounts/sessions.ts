import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Caller } from '../access/caller.ts';
import { maySignIn } from '../access/may.ts';
import { recordAct } from '../audit/record.ts';
import { type FactorKind, Failure, type PersonView } from '../contract/index.ts';
import { findLicences, type LicencesOf } from '../licences/licence.ts';
import { findSessionLimits, type SessionLimits } from '../policies/policy.ts';
import type { Work } from '../store/stores.ts';
import { mustSetUpFactor } from './factor-policy.ts';
import { addressRangeOf, type Origin } from './origin.ts';
import { findPeople, getPerson } from './person.ts';
import type { Account, Session } from './store.ts';

/** How stale `usedAt` may be: a session in use writes at most this often. */
const TOUCH_MS = 60_000;
const MACHINE_TOKEN_MS = 60 * 60_000;

export interface SessionParts {
  work: Work<'accounts' | 'audit' | 'facilities' | 'policies' | 'practitioners' | 'secondFactors'>;
  clock: () => Date;
  /** Accounts that this server takes for none. */
  isBarred: (account: Account) => boolean;
  /** When a browser's session ends where no policy says anything, and at the latest. */
  bounds: SessionLimits;
}

/** What is asked for: anything, or only what setting up a second factor takes. */
export type SessionScope = 'all' | 'set-up';

/** `disabled`: the account was closed. */
export type SessionEnd = 'signed-out' | 'disabled';
type EndListener = (sessionIds: string[], why: SessionEnd) => void;

export interface Sessions {
  /**
   * @param from replaced: the secret of the browser's session until now, which ends with it: whoever signs in again, or after somebody else, leaves none behind.
   * @returns the secret for the client, which is not kept here.
   */
  open(
    account: Account,
    kind: Session['kind'],
    requestId: string,
    from?: { replaced?: string | undefined; origin?: Origin; factor?: FactorKind | null },
  ): Promise<{ secret: string; session: Session }>;
  /**
   * Counts as use of the session: a socket calls it now and then. @param scope set-up: for whoever must set up a second factor, too.
   * @throws Failure unauthenticated: no such session, or it has ended (session-expired); forbidden / second-factor-required
   */
  authenticate(secret: string, kind: Session['kind'], scope?: SessionScope): Promise<Caller>;
  /** Whether the session is still good; does not count as its use. */
  isOpen(sessionId: string): Promise<boolean>;
  /** Who stands behind these sessions now, as the accounts are now; those that have ended, whose account is closed, or who must set up a second factor first, are left out. No use of them. */
  findCallers(sessionIds: readonly string[]): Promise<Map<string, Caller>>;
  /** Those of these accounts that may not sign in any more: their sessions have not run out. */
  findClosed(accountIds: readonly string[]): Promise<Set<string>>;
  close(caller: Caller, requestId: string): Promise<void>;
  /** Signs a person out everywhere. */
  closeAll(caller: Caller, requestId: string): Promise<void>;
  /** Tells whenever sessions were ended, after it is committed. */
  onEnded(listener: EndListener): void;
  /** Sessions that a use case of its own has ended, after it is committed. */
  tellEnded(sessionIds: string[], why: SessionEnd): void;
}

const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

function toCaller(
  { accountId, name, role, facilityId, facilityName, specialty }: PersonView,
  sessionId: string,
  licences: LicencesOf,
): Caller {
  const licence = licences(accountId);
  return { accountId, name, role, facilityId, facilityName, specialty, licence, sessionId };
}

export function createSessions(parts: SessionParts): Sessions {
  const { work, clock, isBarred } = parts;
  const listeners: EndListener[] = [];
  const tell = (sessionIds: string[], why: SessionEnd = 'signed-out'): void => {
    if (sessionIds.length > 0) for (const listener of listeners) listener(sessionIds, why);
  };

  return {
    authenticate: (secret, kind, scope = 'all') => authenticate(parts, secret, kind, scope),

    async open(account, kind, requestId, { replaced, origin, factor = null } = {}) {
      const { secret, session, ended } = await open(parts, { account, kind, requestId, replaced, origin, factor });
      if (ended) tell([ended.sessionId]);
      return { secret, session };
    },

    async isOpen(sessionId) {
      const session = await work.read.accounts.findSession({ sessionId });
      if (session === undefined || hasEnded(await limitsOf(parts), session, clock())) return false;
      const account = await work.read.accounts.find(session.accountId);
      return account !== undefined && maySignIn(account, { isBarred });
    },

    findCallers: (sessionIds) => findCallers(parts, sessionIds),

    async findClosed(accountIds) {
      const closed = await findPeople(work.read, accountIds, (account) => !maySignIn(account, { isBarred }));
      return new Set(closed.keys());
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

async function authenticate(
  parts: SessionParts,
  secret: string,
  kind: Session['kind'],
  scope: SessionScope,
): Promise<Caller> {
  const { work, clock, isBarred } = parts;
  const now = clock();
  const session = await work.read.accounts.findSession({ secretHash: hashSecret(secret) });
  // A cookie's secret is no token, nor a token's a cookie: each has its own life and its own guards.
  if (session?.kind !== kind) throw new Failure('unauthenticated', 'no such session');
  if (hasEnded(await limitsOf(parts), session, now))
    throw new Failure('unauthenticated', 'the session has ended', { reason: 'session-expired' });
  const account = await work.read.accounts.find(session.accountId);
  if (!account || !maySignIn(account, { isBarred })) throw new Failure('unauthenticated', 'no such session');
  if (scope === 'all' && (await mustSetUpFactor(work.read, account, session)))
    throw new Failure('forbidden', 'a second factor has to be set up first', { reason: 'second-factor-required' });
  if (now.getTime() - Date.parse(session.usedAt) > TOUCH_MS)
    await work.write((stores) => stores.accounts.touchSession(session.sessionId, now.toISOString()));
  const licences = await findLicences(work.read, [account.accountId], now);
  return toCaller(await getPerson(work.read, account.accountId), session.sessionId, licences);
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
}

async function open(
  parts: SessionParts,
  { account, kind, requestId, replaced, origin, factor }: Opening,
): Promise<{ secret: string; session: Session; ended: Session | undefined }> {
  const { work, clock } = parts;
  const now = clock();
  const { idleMs, absoluteMs } = await limitsOf(parts);
  const secret = randomBytes(32).toString('base64url');
  const session: Session = {
    sessionId: randomUUID(),
    accountId: account.accountId,
    kind,
    secretHash: hashSecret(secret),
    openedAt: now.toISOString(),
    usedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + (kind === 'machine' ? MACHINE_TOKEN_MS : absoluteMs)).toISOString(),
    browser: origin?.browser ?? null,
    addressRange: origin ? addressRangeOf(origin.address) : null,
    factorAt: factor === null ? null : now.toISOString(),
  };
  const licences = await findLicences(work.read, [account.accountId], now);
  const caller = toCaller(await getPerson(work.read, account.accountId), session.sessionId, licences);
  const former =
    replaced === undefined ? undefined : await work.read.accounts.findSession({ secretHash: hashSecret(replaced) });
  const ended = former?.kind === 'browser' ? former : undefined;
  await work.write(async (stores) => {
    if (ended) await stores.accounts.deleteSession(ended.sessionId);
    await stores.accounts.deleteExpiredSessions(now.toISOString(), new Date(now.getTime() - idleMs).toISOString());
    await stores.accounts.insertSession(session);
    await stores.accounts.noteSignIn(account.accountId, now.toISOString());
    await recordAct(
      stores.audit,
      { caller, requestId, at: now },
      {
        action: kind === 'machine' ? 'token:mint' : 'session:open',
        subjectKind: 'session',
        subjectId: session.sessionId,
        detail: { ...(session.browser !== null && { browser: session.browser }), ...(factor && { factor }) },
      },
    );
  });
  return { secret, session, ended };
}

async function findCallers(parts: SessionParts, sessionIds: readonly string[]): Promise<Map<string, Caller>> {
  const { work, clock, isBarred } = parts;
  const now = clock();
  const limits = await limitsOf(parts);
  const sessions = await work.read.accounts.findSessions([...new Set(sessionIds)]);
  const open = sessions.filter((session) => !hasEnded(limits, session, now));
  const accounts = await work.read.accounts.findMany(open.map(({ accountId }) => accountId));
  const kept = new Set<string>();
  for (const account of accounts) {
    const ofAccount = open.filter(({ accountId }) => accountId === account.accountId);
    if (maySignIn(account, { isBarred }))
      for (const session of ofAccount)
        if (!(await mustSetUpFactor(work.read, account, session))) kept.add(session.sessionId);
  }
  const people = await findPeople(
    work.read,
    accounts.map(({ accountId }) => accountId),
  );
  const licences = await findLicences(work.read, people.keys(), now);
  return new Map(
    open.flatMap(({ sessionId, accountId }) => {
      const person = kept.has(sessionId) ? people.get(accountId) : undefined;
      return person ? [[sessionId, toCaller(person, sessionId, licences)] as const] : [];
    }),
  );
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
