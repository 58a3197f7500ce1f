import type { RouteHandlers } from '../http/bind.ts';
import { readLedger } from './ledger-use-case.ts';
import type { RegisterParts } from './parts.ts';
import { readIdentity, readPatient } from './read-use-cases.ts';
import { searchPatients } from './search-use-case.ts';

type RegisterRoutes = 'patients:search' | 'patient:read' | 'patient:identity' | 'patient:accesses';

export function registerRoutes(parts: RegisterParts): Pick<RouteHandlers, RegisterRoutes> {
  const { clock } = parts;
  return {
    'patients:search': ({ caller, requestId, body }) =>
      searchPatients(parts, { caller, requestId, at: clock() }, body.search),
    'patient:read': ({ caller, requestId, params }) =>
      readPatient(parts, { caller, requestId, at: clock() }, params.patientId),
    'patient:identity': ({ caller, requestId, params }) =>
      readIdentity(parts, { caller, requestId, at: clock() }, params.patientId),
    'patient:accesses': ({ caller, requestId, params, query }) =>
      readLedger(parts, { caller, requestId, at: clock() }, params.patientId, query),
  };
}
