import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { nameShower } from './lead-use-cases.ts';
import type { ShowingService } from './service.ts';
import { withdrawCheck } from './take-off.ts';

export function showingRoutes({
  parts,
}: ShowingService): Pick<RouteHandlers, 'showing:name' | 'showing:unname' | 'demonstration:withdraw-check'> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'showing:name': (call) => nameShower(parts, asked(call), call.params, true),
    'showing:unname': (call) => nameShower(parts, asked(call), call.params, false),
    'demonstration:withdraw-check': (call) => withdrawCheck(parts, asked(call), call.params),
  };
}
