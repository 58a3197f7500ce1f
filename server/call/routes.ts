import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { type CallParts, endCall, issueTicket, startCall } from './use-cases.ts';

type CallRoutes = 'media:read' | 'call:start' | 'call:end' | 'call:ticket';

export function callRoutes(parts: CallParts): Pick<RouteHandlers, CallRoutes> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'media:read': async () => parts.sfu.readiness(),
    'call:start': (call) => startCall(parts, asked(call), call.params.consultationId),
    'call:end': (call) => endCall(parts, asked(call), call.params.consultationId),
    'call:ticket': (call) => issueTicket(parts, asked(call), call.params.consultationId),
  };
}
