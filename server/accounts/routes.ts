import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Caller } from '../access/caller.ts';
import { permissionsOf } from '../access/may.ts';
import { CONTRACT_VERSION, type DemoAccount, Failure, type SessionView } from '../contract/index.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { checkContractVersion, DROP_CACHE, type SessionCookies } from '../http/session.ts';
import type { Work } from '../store/stores.ts';
import { KNOWN_MS } from './lockout.ts';
import { browserOf } from './origin.ts';
import { toPersonView } from './person.ts';
import type { Sessions } from './sessions.ts';
import type { SignIn } from './sign-in.ts';
import type { Account } from './store.ts';

export interface AccountRouteParts {
  work: Work<'accounts' | 'facilities'>;
  signIn: SignIn;
  sessions: Sessions;
  cookies: SessionCookies;
  /** The accounts that the sign-in page offers; empty without a demonstration. */
  listDemoAccounts: () => Promise<DemoAccount[]>;
  /** Whether this person may close the demo network's accounts for good, now. */
  mayEndDemonstration: (account: Account) => Promise<boolean>;
  /** Whether anybody can sign in to administer. */
  hasAdministrator: () => Promise<boolean>;
  sessionIdleMs: number;
}

/** The next person at this computer finds none of this one's pictures (W3C Clear Site Data; browsers heed it over TLS and on localhost). */
function forgetPictures(response: Response): void {
  response.set(...DROP_CACHE);
}

type AccountRoutes =
  | 'sign-in:options'
  | 'session:open'
  | 'session:read'
  | 'session:close'
  | 'session:close-all'
  | 'token:mint';

export function accountRoutes({
  work,
  signIn,
  sessions,
  cookies,
  listDemoAccounts,
  mayEndDemonstration,
  hasAdministrator,
  sessionIdleMs,
}: AccountRouteParts): Pick<RouteHandlers, AccountRoutes> {
  const view = async (caller: Omit<Caller, 'sessionId'>, expiresAt: string): Promise<SessionView> => {
    const account = await work.read.accounts.find(caller.accountId);
    if (!account) throw new Error('a session without an account');
    const permissions = permissionsOf(caller);
    if (await mayEndDemonstration(account)) permissions.push('demonstration:end');
    return {
      person: toPersonView(account, caller.facilityName),
      permissions,
      isDemonstration: (await listDemoAccounts()).length > 0,
      idleTimeoutS: sessionIdleMs / 1000,
      expiresAt,
      draftKey: await getDraftKey(work, caller.accountId),
    };
  };

  /** Whether this browser's session is over and nobody may have told the browser yet: a window that hears it over the socket asks nothing more. */
  const hasEnded = async ({ headers }: Request): Promise<boolean> => {
    const carried = cookies.findSecret(headers);
    if (!carried?.isCookie) return false;
    try {
      await sessions.authenticate(carried.secret, 'browser');
      return false;
    } catch (err) {
      if (err instanceof Failure && err.code === 'unauthenticated') return true;
      throw err;
    }
  };

  return {
    async 'sign-in:options'({ request, response }) {
      if (await hasEnded(request)) forgetPictures(response);
      const demoAccounts = await listDemoAccounts();
      return {
        contractVersion: CONTRACT_VERSION,
        demoAccounts,
        awaitsAdministrator: demoAccounts.length === 0 && !(await hasAdministrator()),
      };
    },

    async 'session:open'({ body, request, response, requestId }) {
      checkContractVersion(request.headers['x-contract-version']);
      const device = cookies.findDevice(request.headers) ?? randomBytes(32).toString('base64url');
      const origin = { address: request.ip ?? '', device, browser: browserOf(request.headers['user-agent']) };
      const account = await signIn(body, origin, requestId);
      const former = cookies.findSecret(request.headers);
      const replaced = former?.isCookie ? former.secret : undefined;
      if (replaced !== undefined) forgetPictures(response);
      const { secret, session } = await sessions.open(account, 'browser', requestId, { replaced, origin });
      cookies.set(response, secret);
      cookies.setDevice(response, device, KNOWN_MS);
      return view(await sessions.authenticate(secret, 'browser'), session.expiresAt);
    },

    'session:read': async ({ caller }) =>
      view(caller, (await work.read.accounts.getSession(caller.sessionId)).expiresAt),

    async 'session:close'({ caller, response, requestId }) {
      await sessions.close(caller, requestId);
      cookies.clear(response);
      forgetPictures(response);
      return {};
    },

    async 'session:close-all'({ caller, response, requestId }) {
      await sessions.closeAll(caller, requestId);
      cookies.clear(response);
      forgetPictures(response);
      return {};
    },

    async 'token:mint'({ body, request, requestId }) {
      const origin = { address: request.ip ?? '' };
      const account = await signIn(body, origin, requestId);
      const { secret, session } = await sessions.open(account, 'machine', requestId, { origin });
      return { token: secret, expiresAt: session.expiresAt };
    },
  };
}

/** The account's key for unsaved text, made when it is first asked for. 32 bytes, base64url. */
async function getDraftKey(work: Work<'accounts'>, accountId: string): Promise<string> {
  const known = await work.read.accounts.findDraftKey(accountId);
  if (known !== undefined) return known;
  return work.write(async ({ accounts }) => {
    await accounts.keepDraftKey({ accountId, draftKey: randomBytes(32).toString('base64url') });
    const kept = await accounts.findDraftKey(accountId);
    if (kept === undefined) throw new Error('a draft key was kept and is not there');
    return kept;
  });
}
