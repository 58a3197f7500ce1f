import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** One act as it is chained. Every field is part of the hash. */
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
}

export interface ChainedEntry extends AuditEntry {
  previousHash: string;
  hash: string;
}

/** What stands before the first entry. */
export const GENESIS_HASH = '0'.repeat(64);

/** SHA-256 over the previous hash and the entry's RFC 8785 canonical form, lower-case hexadecimal. */
export function hashEntry(entry: AuditEntry, previousHash: string): string {
  const { sequence, at, actorId, facilityId, action, subjectKind, subjectId, consultationId, detail, requestId } =
    entry;
  const canonical = canonicalize({
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
  if (canonical === undefined) throw new Error('an audit entry must be JSON');
  return createHash('sha256').update(previousHash).update('\n').update(canonical).digest('hex');
}

/** The head of the chain: kept apart from the entries, so that cutting off the newest ones is seen too. */
export interface ChainHead {
  sequence: number;
  hash: string;
}

/**
 * Walks entries in order of sequence.
 * @returns the first sequence that does not follow from the one before, or null where the whole chain holds up to its head.
 */
export async function findBreak(entries: AsyncIterable<ChainedEntry>, head: ChainHead): Promise<number | null> {
  let expected = 1;
  let previousHash = GENESIS_HASH;
  for await (const entry of entries) {
    if (
      entry.sequence !== expected ||
      entry.previousHash !== previousHash ||
      hashEntry(entry, previousHash) !== entry.hash
    )
      return expected;
    previousHash = entry.hash;
    expected += 1;
  }
  return head.sequence === expected - 1 && head.hash === previousHash ? null : expected;
}
