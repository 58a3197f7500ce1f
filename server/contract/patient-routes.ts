import { z } from 'zod';
import { AccessEntryView } from './audit.ts';
import {
  AddIdentifierInput,
  DuplicateView,
  MergeInput,
  PatientConsentView,
  PatientIdentity,
  PatientPageView,
  PatientSearchInput,
  PatientsFound,
} from './patient-register.ts';
import { Id } from './primitives.ts';
import { route } from './route.ts';

const patient = z.object({ patientId: Id });

/** The register of patients. Nothing that names one stands in an address. */
export const patientRoutes = {
  'patients:search': route('POST', '/api/patients/search', { body: PatientSearchInput, reply: PatientsFound }),
  'patient:read': route('GET', '/api/patients/:patientId', { params: patient, reply: PatientPageView }),
  /** Name, birth date and all numbers unmasked; leaves its own row in the access log. */
  'patient:identity': route('POST', '/api/patients/:patientId/identity', { params: patient, reply: PatientIdentity }),
  /** Who looked at the patient or at a case of theirs, when, on what ground; newest first. All of it, whatever the caller may open. */
  'patient:accesses': route('GET', '/api/patients/:patientId/accesses', {
    params: patient,
    query: z.object({
      before: z.coerce.number().int().positive().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    reply: z.array(AccessEntryView),
  }),
  /** Every consent of the patient, withdrawn ones too; for the patient, as the ledger is. */
  'patient:consents': route('GET', '/api/patients/:patientId/consents', {
    params: patient,
    reply: z.array(PatientConsentView),
  }),
  /** Says who a patient is, whose papers were missing when the case was sent; cases keep what they were sent with. */
  'patient:add-identifier': route('POST', '/api/patients/:patientId/identifiers', {
    params: patient,
    body: AddIdentifierInput,
    reply: PatientPageView,
    status: 201,
  }),
  /** Entries that may be the same person, of those that the caller may join. */
  'patient:duplicates': route('GET', '/api/patients/:patientId/duplicates', {
    params: patient,
    reply: z.array(DuplicateView),
  }),
  'patient:merge': route('POST', '/api/patients/:patientId/merges', {
    params: patient,
    body: MergeInput,
    reply: PatientPageView,
    status: 201,
  }),
  'patient:undo-merge': route('DELETE', '/api/patients/:patientId/merges/:mergeId', {
    params: patient.extend({ mergeId: Id }),
    reply: PatientPageView,
  }),
} as const;
