import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import type { AccessBasis } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';

/** Reads of the same thing by the same person within this time are one row. */
const ONE_READ_MS = 10 * 60_000;
/** Beyond this, rows that are too old to matter are dropped from memory. */
const KEPT_READS = 5_000;

export interface Read {
  basis: AccessBasis;
  subjectKind: string;
  subjectId: string;
  consultationId: string | null;
}

/**
 * Writes down who looks at what before they are given it; a viewer that fetches a thousand frames leaves one row, not a thousand.
 * @throws whatever the database says: what cannot be written down is not shown.
 */
export function createAccessLog(work: Work<'audit'>): (asked: Asked, read: Read) => Promise<void> {
  const recent = new Map<string, { atMs: number; written: Promise<void> }>();

  return async (asked, read) => {
    const { caller, at } = asked;
    const key = [
      caller.accountId,
      caller.facilityId,
      read.basis,
      read.consultationId,
      read.subjectKind,
      read.subjectId,
    ].join(' ');
    const last = recent.get(key);
    if (last && at.getTime() - last.atMs < ONE_READ_MS) return last.written;
    const written = work.write((stores) =>
      stores.audit.recordAccess({
        accessId: randomUUID(),
        at: at.toISOString(),
        actorId: caller.accountId,
        facilityId: caller.facilityId,
        ...read,
      }),
    );
    recent.set(key, { atMs: at.getTime(), written });
    if (recent.size > KEPT_READS)
      for (const [old, { atMs }] of recent) if (at.getTime() - atMs >= ONE_READ_MS) recent.delete(old);
    try {
      await written;
    } catch (err) {
      recent.delete(key);
      throw err;
    }
  };
}
