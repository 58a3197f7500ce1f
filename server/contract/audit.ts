import { z } from 'zod';
import { Id, Instant, Sha256 } from './primitives.ts';

/** One act, chained to the one before: `hash` = SHA-256 of `previousHash` and the RFC 8785 form of the rest. */
export const AuditEntryView = z.object({
  sequence: z.number().int(),
  at: Instant,
  actorId: Id.nullable(),
  actorName: z.string(),
  facilityName: z.string(),
  /** `noun:verb` of the act, e.g. `consultation:submit`. */
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  consultationId: Id.nullable(),
  caseNumber: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  hash: Sha256,
});
export type AuditEntryView = z.infer<typeof AuditEntryView>;

/** Why a read was allowed. */
export const AccessBasis = z.enum([
  'requester',
  'duty-pool',
  'assignment',
  'invitation',
  'coordination',
  'own-archive',
  'audit',
  'self',
]);
export type AccessBasis = z.infer<typeof AccessBasis>;

/** One read of patient data. Reads of the frames of one series within ten minutes make one entry. */
export const AccessEntryView = z.object({
  accessId: Id,
  /** Rises with every read; `before` of the next page. */
  position: z.number().int(),
  at: Instant,
  actorId: Id,
  actorName: z.string(),
  facilityName: z.string(),
  basis: AccessBasis,
  /** What was read, e.g. `consultation`, `study`, `report`. */
  subjectKind: z.string(),
  subjectId: z.string(),
  consultationId: Id.nullable(),
  caseNumber: z.string().nullable(),
});
export type AccessEntryView = z.infer<typeof AccessEntryView>;

export const AuditVerification = z.object({
  valid: z.boolean(),
  entries: z.number().int(),
  /** The first entry that does not follow from the one before. */
  brokenAtSequence: z.number().int().nullable(),
  checkedAt: Instant,
});
export type AuditVerification = z.infer<typeof AuditVerification>;
