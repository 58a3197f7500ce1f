import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { CallerRole } from '../access/caller.ts';
import type { AccessBasis } from '../contract/index.ts';

/** One act as it is chained. Every field but the role is part of the hash. */
export interface AuditEntry {
  /** From 1, without gaps: a removed entry is a missing number. */
  sequence: number;
  at: string;
  actorId: string | null;
  facilityId: string | null;
  action: string;
  subjectKind: string;
  subjectId: string;
  consultationId: string | null;
  detail: Record<string, unknown>;
  requestId: string;
  /** In which it was done; null: nobody did it, or it is older than that this is kept. It says whose list the act stands in. */
  actorRole?: CallerRole | null;
}

export interface ChainedEntry extends AuditEntry {
  previousHash: string;
  hash: string;
}

/** One read of patient data as it is chained, in a chain of its own. */
export interface AccessEntry {
  accessId: string;
  at: string;
  actorId: string;
  facilityId: string;
  basis: AccessBasis;
  subjectKind: string;
  subjectId: string;
  consultationId: string | null;
}

export interface ChainedAccess extends AccessEntry {
  /** From 1, without gaps. */
  position: number;
  previousHash: string;
  hash: string;
}

/** What stands before the first entry. */
export const GENESIS_HASH = '0'.repeat(64);

/** SHA-256 over the previous hash and the entry's RFC 8785 canonical form, lower-case hexadecimal. */
export function hashEntry(entry: AuditEntry, previousHash: string): string {
  const { sequence, at, actorId, facilityId, action, subjectKind, subjectId, consultationId, detail, requestId } =
    entry;
  return chain(previousHash, {
    sequence,
    at,
    actorId,
    facilityId,
    action,
    subjectKind,
    subjectId,
    consultationId,
    detail,
    requestId,
  });
}

/** As {@link hashEntry}, of one read of patient data. */
export function hashAccess(entry: AccessEntry & { position: number }, previousHash: string): string {
  const { position, accessId, at, actorId, facilityId, basis, subjectKind, subjectId, consultationId } = entry;
  return chain(previousHash, {
    position,
    accessId,
    at,
    actorId,
    facilityId,
    basis,
    subjectKind,
    subjectId,
    consultationId,
  });
}

function chain(previousHash: string, fields: Record<string, unknown>): string {
  const canonical = canonicalize(fields);
  if (canonical === undefined) throw new Error('an audit entry must be JSON');
  return createHash('sha256').update(previousHash).update('\n').update(canonical).digest('hex');
}

/** The head of the chain: kept apart from the entries, so that cutting off the newest ones is seen too. */
export interface ChainHead {
  sequence: number;
  hash: string;
}
