import { z } from 'zod';
import { AccessEntryView, AdministrationActView, AuditEntryView, AuditFilter, AuditVerification } from './audit.ts';
import { Empty } from './primitives.ts';
import { route } from './route.ts';

const page = {
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};

/** Both trails, for whoever watches over them. */
export const auditRoutes = {
  'audit:list': route('GET', '/api/audit/entries', {
    query: z.object({ ...page, ...AuditFilter.shape }),
    reply: z.array(AuditEntryView),
  }),
  'audit:accesses': route('GET', '/api/audit/accesses', {
    query: z.object({ ...page, ...AuditFilter.shape }),
    reply: z.array(AccessEntryView),
  }),
  /** Says that the filtered trail is going to be taken out of the system; the entries are then read page by page. */
  'audit:export': route('POST', '/api/audit/exports', {
    body: AuditFilter.extend({ trail: z.enum(['acts', 'accesses']) }),
    reply: Empty,
    status: 201,
  }),
  'audit:verify': route('POST', '/api/audit/verification', { reply: AuditVerification }),
  /** What system and audit administrators did, newest first, for the security administrator. */
  'administration-acts:list': route('GET', '/api/administration-acts', {
    query: z.object(page),
    reply: z.array(AdministrationActView),
  }),
} as const;
