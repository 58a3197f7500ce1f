import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { beginAmendment, withdrawAmendment } from './amendment-use-cases.ts';
import { readOpinion, saveOpinion } from './opinion-use-cases.ts';
import { acknowledgeReport, type ReportParts, readReport, signReport } from './report-use-cases.ts';

type ReportRoutes =
  | 'opinion:read'
  | 'opinion:save'
  | 'report:sign'
  | 'report:read'
  | 'report:acknowledge'
  | 'report:amend'
  | 'report:withdraw-amendment';

export function reportRoutes(parts: ReportParts): Pick<RouteHandlers, ReportRoutes> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'opinion:read': (call) => readOpinion(parts, asked(call), call.params.consultationId),
    'opinion:save': (call) => saveOpinion(parts, asked(call), call.params.consultationId, call.body),
    'report:sign': (call) => signReport(parts, asked(call), call.params.consultationId, call.body),
    'report:read': (call) => readReport(parts, asked(call), call.params.consultationId, call.query.version),
    'report:acknowledge': (call) => acknowledgeReport(parts, asked(call), call.params.consultationId, call.body),
    'report:amend': (call) => beginAmendment(parts, asked(call), call.params.consultationId, call.body),
    async 'report:withdraw-amendment'(call) {
      await withdrawAmendment(parts, asked(call), call.params.consultationId);
      return {};
    },
  };
}
