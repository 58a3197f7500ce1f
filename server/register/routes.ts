import type { RouteHandlers } from '../http/bind.ts';
import { readPatientConsents } from './consents-use-case.ts';
import { addIdentifier } from './identify-use-case.ts';
import { readLedger } from './ledger-use-case.ts';
import { listDuplicates, mergePatients, undoMerge } from './merge-use-cases.ts';
import type { RegisterParts } from './parts.ts';
import { readIdentity, readPatient } from './read-use-cases.ts';
import { searchPatients } from './search-use-case.ts';

type RegisterRoutes =
  | 'patients:search'
  | 'patient:read'
  | 'patient:identity'
  | 'patient:accesses'
  | 'patient:consents'
  | 'patient:add-identifier'
  | 'patient:duplicates'
  | 'patient:merge'
  | 'patient:undo-merge';

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
    'patient:consents': ({ caller, requestId, params }) =>
      readPatientConsents(parts, { caller, requestId, at: clock() }, params.patientId),
    'patient:add-identifier': ({ caller, requestId, params, body }) =>
      addIdentifier(parts, { caller, requestId, at: clock() }, params.patientId, body),
    'patient:duplicates': ({ caller, requestId, params }) =>
      listDuplicates(parts, { caller, requestId, at: clock() }, params.patientId),
    'patient:merge': ({ caller, requestId, params, body }) =>
      mergePatients(parts, { caller, requestId, at: clock() }, params.patientId, body),
    'patient:undo-merge': ({ caller, requestId, params }) =>
      undoMerge(parts, { caller, requestId, at: clock() }, params.patientId, params.mergeId),
  };
}
