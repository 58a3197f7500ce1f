import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { listAccountSecurity, resetFactorOf, unlockAccountOf } from './account-security.ts';
import type { PeopleParts } from './people.ts';

type AccountSecurityRoutes = 'account-security:list' | 'account-security:unlock' | 'account-security:reset-factor';

export function accountSecurityRoutes(
  parts: PeopleParts & { clock: () => Date },
): Pick<RouteHandlers, AccountSecurityRoutes> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'account-security:list': (call) => listAccountSecurity(parts, asked(call), call.query.search),
    'account-security:unlock': (call) => unlockAccountOf(parts, asked(call), call.params.accountId, call.body.reason),
    'account-security:reset-factor': (call) =>
      resetFactorOf(parts, asked(call), call.params.accountId, call.body.reason),
  };
}
