import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { decideProposal } from './decide.ts';
import { listSettledProposals, makeProposal, type PolicyParts, readPolicies } from './use-cases.ts';

type PolicyRoutes =
  | 'policies:read'
  | 'proposals:list'
  | 'proposal:make'
  | 'proposal:confirm'
  | 'proposal:refuse'
  | 'proposal:withdraw';

export function policyRoutes(parts: PolicyParts & { clock: () => Date }): Pick<RouteHandlers, PolicyRoutes> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'policies:read': (call) => readPolicies(parts, asked(call)),
    'proposals:list': (call) => listSettledProposals(parts, asked(call), call.query),
    'proposal:make': (call) => makeProposal(parts, asked(call), call.body),
    'proposal:confirm': (call) =>
      decideProposal(parts, asked(call), call.params.proposalId, { kind: 'confirmed', reason: null }),
    'proposal:refuse': (call) =>
      decideProposal(parts, asked(call), call.params.proposalId, { kind: 'refused', reason: call.body.reason }),
    'proposal:withdraw': (call) =>
      decideProposal(parts, asked(call), call.params.proposalId, { kind: 'withdrawn', reason: null }),
  };
}
