import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { giveConsent } from './give-use-case.ts';
import { type WithdrawParts, withdrawConsent } from './withdraw-use-case.ts';

export function consentRoutes(parts: WithdrawParts): Pick<RouteHandlers, 'consent:give' | 'consent:withdraw'> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'consent:give': (call) => giveConsent(parts, asked(call), call.params.consultationId, call.body),
    'consent:withdraw': (call) => withdrawConsent(parts, asked(call), call.params.consultationId, call.body),
  };
}
