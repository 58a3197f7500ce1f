import type { AccessBasis } from '../contract/index.ts';
import type { AuditEntry, ChainedEntry, ChainHead } from './chain.ts';

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

export interface AuditPage {
  /** Entries with a lower sequence (audit) or an earlier position (accesses) than this. */
  before?: number | undefined;
  limit: number;
  consultationId?: string | undefined;
  actorId?: string | undefined;
}

export interface AuditStore {
  /** Chains one entry to the head; must run in the transaction of the act itself. */
  append(entry: Omit<AuditEntry, 'sequence'>): Promise<void>;
  /** Newest first. */
  list(page: AuditPage): Promise<ChainedEntry[]>;
  /** All entries up to a sequence, oldest first, read in pieces. */
  walk(untilSequence: number): AsyncIterable<ChainedEntry>;
  head(): Promise<ChainHead>;
  recordAccess(entry: AccessEntry): Promise<void>;
  /** Newest first; `before` counts rows from the start. */
  listAccesses(page: AuditPage): Promise<(AccessEntry & { position: number })[]>;
}
