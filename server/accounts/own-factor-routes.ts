import type { Request } from 'express';
import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { RouteHandlers } from '../http/bind.ts';
import {
  challengeOwnKeys,
  type FactorAsked,
  type OwnFactorParts,
  proveAgain,
  readSecondFactor,
  renewRecoveryCodes,
} from './own-factor.ts';
import { addSecurityKey, beginSecurityKey, removeSecurityKey } from './own-security-keys.ts';
import { beginTotp, confirmTotp, removeTotp } from './own-totp.ts';
import type { RelyingParty } from './relying-party.ts';

type OwnFactorRoutes =
  | 'second-factor:read'
  | 'totp:begin'
  | 'totp:confirm'
  | 'totp:remove'
  | 'security-key:begin'
  | 'security-key:add'
  | 'security-key:remove'
  | 'recovery-codes:make'
  | 'second-factor:challenge'
  | 'second-factor:prove';

export interface OwnFactorRouteParts extends OwnFactorParts {
  clock: () => Date;
  findParty: (request: Request) => RelyingParty | null;
}

export function ownFactorRoutes(parts: OwnFactorRouteParts): Pick<RouteHandlers, OwnFactorRoutes> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  const askedAt = (call: { caller: Caller; requestId: string; request: Request }): FactorAsked => ({
    ...asked(call),
    party: parts.findParty(call.request),
  });
  return {
    'second-factor:read': (call) => readSecondFactor(parts, askedAt(call)),
    'totp:begin': (call) => beginTotp(parts, askedAt(call), call.body),
    'totp:confirm': (call) => confirmTotp(parts, asked(call), call.body.code),
    'totp:remove': (call) => removeTotp(parts, askedAt(call), call.body),
    'security-key:begin': (call) => beginSecurityKey(parts, askedAt(call), call.body),
    'security-key:add': (call) => addSecurityKey(parts, askedAt(call), call.body),
    'security-key:remove': (call) => removeSecurityKey(parts, askedAt(call), call.params.keyId, call.body),
    'second-factor:challenge': (call) => challengeOwnKeys(parts, askedAt(call), call.body.purpose),
    async 'second-factor:prove'(call) {
      await proveAgain(parts, askedAt(call), call.body.proof);
      return {};
    },
    'recovery-codes:make': (call) => renewRecoveryCodes(parts, askedAt(call), call.body),
  };
}
