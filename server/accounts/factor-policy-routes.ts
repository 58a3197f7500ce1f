import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { RouteHandlers } from '../http/bind.ts';
import type { Work } from '../store/stores.ts';
import { readFactorPolicy, saveFactorPolicy } from './factor-policy.ts';

export interface FactorPolicyParts {
  work: Work<'audit' | 'secondFactors'>;
  clock: () => Date;
}

export function factorPolicyRoutes(
  parts: FactorPolicyParts,
): Pick<RouteHandlers, 'factor-policy:read' | 'factor-policy:save'> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'factor-policy:read': (call) => readFactorPolicy(parts, asked(call)),
    'factor-policy:save': (call) => saveFactorPolicy(parts, asked(call), call.body),
  };
}
