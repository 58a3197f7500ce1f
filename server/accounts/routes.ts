import type { Request, Response } from 'express';
import { CONTRACT_VERSION, type DemoAccount, Failure } from '../contract/index.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { DROP_CACHE, type SessionCookies } from '../http/session.ts';
import type { ViewSession } from './session-view.ts';
import type { Sessions } from './sessions.ts';

export interface AccountRouteParts {
  sessions: Sessions;
  cookies: SessionCookies;
  viewSession: ViewSession;
  /** The accounts that the sign-in page offers; empty without a demonstration. */
  listDemoAccounts: () => Promise<DemoAccount[]>;
  /** Whether anybody can sign in to administer. */
  hasAdministrator: () => Promise<boolean>;
  /** Whether the sign-in page offers passkeys to whoever asks from there. */
  offersPasskey: (request: Request) => Promise<boolean>;
}

/** The next person at this computer finds none of this one's pictures (W3C Clear Site Data; browsers heed it over TLS and on localhost). */
function forgetPictures(response: Response): void {
  response.set(...DROP_CACHE);
}

type AccountRoutes = 'sign-in:options' | 'session:read' | 'session:close' | 'session:close-all';

export function accountRoutes({
  sessions,
  cookies,
  viewSession,
  listDemoAccounts,
  hasAdministrator,
  offersPasskey,
}: AccountRouteParts): Pick<RouteHandlers, AccountRoutes> {
  /** Whether this browser's session is over and nobody may have told the browser yet: a window that hears it over the socket asks nothing more. */
  const hasEnded = async ({ headers }: Request): Promise<boolean> => {
    const carried = cookies.findSecret(headers);
    if (!carried?.isCookie) return false;
    try {
      await sessions.authenticate(carried.secret, 'browser', 'set-up');
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
        offersPasskey: await offersPasskey(request),
      };
    },

    'session:read': ({ caller }) => viewSession(caller),

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
  };
}
