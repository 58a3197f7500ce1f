import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { RouteHandlers } from '../http/bind.ts';
import {
  beginTotp,
  confirmTotp,
  type OwnFactorParts,
  proveAgain,
  readSecondFactor,
  removeTotp,
  renewRecoveryCodes,
} from './own-factor.ts';

type OwnFactorRoutes =
  | 'second-factor:read'
  | 'totp:begin'
  | 'totp:confirm'
  | 'totp:remove'
  | 'recovery-codes:make'
  | 'second-factor:prove';

export function ownFactorRoutes(parts: OwnFactorParts & { clock: () => Date }): Pick<RouteHandlers, OwnFactorRoutes> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'second-factor:read': (call) => readSecondFactor(parts, asked(call)),
    'totp:begin': (call) => beginTotp(parts, asked(call), call.body),
    'totp:confirm': (call) => confirmTotp(parts, asked(call), call.body.code),
    'totp:remove': (call) => removeTotp(parts, asked(call), call.body),
    async 'second-factor:prove'(call) {
      await proveAgain(parts, asked(call), call.body.proof);
      return {};
    },
    'recovery-codes:make': (call) => renewRecoveryCodes(parts, asked(call), call.body),
  };
}
