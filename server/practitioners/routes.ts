import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { type PractitionerParts, readOwnPractitioner, readPractitioner, savePractitioner } from './use-cases.ts';

type PractitionerRoutes = 'practitioner:read' | 'practitioner:save' | 'own-practitioner:read';

export function practitionerRoutes(
  parts: PractitionerParts & { clock: () => Date },
): Pick<RouteHandlers, PractitionerRoutes> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'practitioner:read': (call) => readPractitioner(parts, asked(call), call.params.accountId),
    'practitioner:save': (call) => savePractitioner(parts, asked(call), call.params.accountId, call.body),
    'own-practitioner:read': (call) => readOwnPractitioner(parts, asked(call)),
  };
}
