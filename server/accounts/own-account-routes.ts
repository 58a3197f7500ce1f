import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { changePassword } from './own-password.ts';
import { endOtherSessions, endOwnSession, listOwnSessions, listOwnSignIns } from './own-sessions.ts';
import type { PeopleParts } from './people.ts';

type OwnRoutes =
  | 'password:change'
  | 'own-sessions:list'
  | 'own-sessions:end-one'
  | 'own-sessions:end-others'
  | 'sign-ins:list';

export interface OwnAccountParts extends PeopleParts {
  clock: () => Date;
  /** Whether a session has not run out. */
  isOpen(sessionId: string): Promise<boolean>;
}

export function ownAccountRoutes(parts: OwnAccountParts): Pick<RouteHandlers, OwnRoutes> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    async 'password:change'(call) {
      await changePassword(parts, asked(call), call.body);
      return {};
    },
    'own-sessions:list': (call) => listOwnSessions(parts, asked(call), parts.isOpen),
    async 'own-sessions:end-one'(call) {
      await endOwnSession(parts, asked(call), call.params.sessionId);
      return {};
    },
    async 'own-sessions:end-others'(call) {
      await endOtherSessions(parts, asked(call));
      return {};
    },
    'sign-ins:list': (call) => listOwnSignIns(parts, asked(call)),
  };
}
