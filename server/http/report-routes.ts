import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { readOpinion, saveOpinion } from '../reports/opinion-use-cases.ts';
import { acknowledgeReport, type ReportParts, readReport, signReport } from '../reports/report-use-cases.ts';
import { createRateLimit } from '../runtime/rate-limit.ts';
import type { RouteHandlers } from './bind.ts';

type ReportRoutes = 'opinion:read' | 'opinion:save' | 'report:sign' | 'report:read' | 'report:acknowledge';

const SIGN_ATTEMPTS = { burst: 5, perMinute: 2 };

export function reportRoutes(parts: Omit<ReportParts, 'signAttempts'>): Pick<RouteHandlers, ReportRoutes> {
  const signAttempts = createRateLimit({ ...SIGN_ATTEMPTS, now: () => parts.clock().getTime() });
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'opinion:read': (call) => readOpinion(parts, asked(call), call.params.consultationId),
    'opinion:save': (call) => saveOpinion(parts, asked(call), call.params.consultationId, call.body),
    'report:sign': (call) => signReport({ ...parts, signAttempts }, asked(call), call.params.consultationId, call.body),
    'report:read': (call) => readReport({ ...parts, signAttempts }, asked(call), call.params.consultationId),
    'report:acknowledge': (call) =>
      acknowledgeReport({ ...parts, signAttempts }, asked(call), call.params.consultationId, call.body),
  };
}
