import { z } from 'zod';
import { Role } from './account.ts';
import { Id, Instant, Sha256 } from './primitives.ts';

/** Which entries. Days are calendar days in China, both included. */
export const AuditFilter = z.object({
  consultationId: Id.optional(),
  actorId: Id.optional(),
  fromDay: z.iso.date().optional(),
  toDay: z.iso.date().optional(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

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

/** What a system or audit administrator did, for the security administrator. It names no case, nor whose entries were read. */
export const AdministrationActView = z.object({
  sequence: z.number().int(),
  at: Instant,
  actorName: z.string(),
  actorRole: Role,
  facilityName: z.string(),
  /** `noun:verb`. */
  action: z.string(),
  subjectKind: z.string(),
  /** The person or facility that it was about, as they are called now; null: something else. */
  subjectName: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type AdministrationActView = z.infer<typeof AdministrationActView>;

/** Why a read was allowed. */
export const AccessBasis = z.enum([
  'requester',
  'duty-pool',
  'assignment',
  'invitation',
  'coordination',
  'own-archive',
  /** A demonstration shows it to them. */
  'demonstration',
  'audit',
  'self',
]);
export type AccessBasis = z.infer<typeof AccessBasis>;
/** Why a person may see a case. A subset of what the access log knows: the rest are not about cases. */
export const GrantBasis = AccessBasis.extract(['requester', 'assignment', 'invitation', 'coordination', 'duty-pool']);
export type GrantBasis = z.infer<typeof GrantBasis>;

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

/**
 * One thing that is wrong with the trail. `missing`: entries are gone; `changed`: an entry is not what was hashed; `rewritten`: entries
 * fit together but are not what was signed outside the database; of `anchors`, `from` counts what was kept outside, from 1.
 */
export const AuditFault = z.object({
  trail: z.enum(['acts', 'accesses', 'anchors']),
  kind: z.enum(['missing', 'changed', 'rewritten']),
  from: z.number().int(),
  to: z.number().int(),
  /** When what is missing or rewritten was signed outside the database. */
  at: Instant.nullable(),
});
export type AuditFault = z.infer<typeof AuditFault>;

export const AuditVerification = z.object({
  valid: z.boolean(),
  /** Acts in the chain. */
  entries: z.number().int(),
  /** Reads in theirs. */
  accesses: z.number().int(),
  faults: z.array(AuditFault),
  /** The heads of both chains that were signed and kept outside the database; what is younger than the last is guarded by the chains alone. */
  anchors: z.object({ count: z.number().int(), firstAt: Instant.nullable(), lastAt: Instant.nullable() }),
  checkedAt: Instant,
});
export type AuditVerification = z.infer<typeof AuditVerification>;
