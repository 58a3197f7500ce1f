import type { Role } from '../contract/index.ts';
import type { AccessEntry, AuditEntry, ChainedAccess, ChainedEntry, ChainHead } from './chain.ts';

export interface AuditPage {
  /** Entries with a lower sequence (audit) or an earlier position (accesses) than this. */
  before?: number | undefined;
  limit: number;
  consultationId?: string | undefined;
  actorId?: string | undefined;
  /** Calendar days in China, both included. */
  fromDay?: string | undefined;
  toDay?: string | undefined;
}

export interface AuditStore {
  /** Chains one entry to the head; must run in the transaction of the act itself. */
  append(entry: Omit<AuditEntry, 'sequence'>): Promise<void>;
  /** Newest first. */
  list(page: AuditPage): Promise<ChainedEntry[]>;
  /** Of one object, newest first. */
  listOfSubject(
    subject: { subjectKind: string; subjectId: string },
    page: { before?: number | undefined; limit: number },
  ): Promise<ChainedEntry[]>;
  /**
   * Of one person, newest first: these acts on the account, all on these appointments, and what the person did with their own security
   * keys. @param of.accountId null: of the appointments alone
   */
  listOfPerson(
    of: { accountId: string | null; actions: readonly string[]; appointmentIds: readonly string[] },
    page: { before?: number | undefined; limit: number },
  ): Promise<ChainedEntry[]>;
  /**
   * What was done in these roles with subjects of these kinds, of no case, newest first; of what is older than that roles are kept, what
   * these people did.
   */
  listOfRoles(
    of: { roles: readonly Role[]; actorIds: readonly string[]; subjectKinds: readonly string[] },
    page: { before?: number | undefined; limit: number },
  ): Promise<ChainedEntry[]>;
  /** The latest of these acts that the person did, or that were about their account; newest first. */
  listOfAccount(accountId: string, actions: readonly string[], limit: number): Promise<ChainedEntry[]>;
  /** All entries up to a sequence, oldest first, read in pieces. */
  walk(untilSequence: number): AsyncIterable<ChainedEntry>;
  head(): Promise<ChainHead>;
  /** Chains one read to the head of the reads; must run in a transaction. */
  recordAccess(entry: AccessEntry): Promise<void>;
  /** Newest first; `before` counts rows from the start. */
  listAccesses(page: AuditPage): Promise<ChainedAccess[]>;
  /** Reads of these cases, and of these subjects themselves whatever case they belong to; newest first. */
  listAccessesOf(
    of: { consultationIds: string[]; subjectKinds: readonly string[]; subjectIds: string[] },
    page: { before?: number | undefined; limit: number },
  ): Promise<ChainedAccess[]>;
  /** All reads up to a position, oldest first, read in pieces. */
  walkAccesses(untilPosition: number): AsyncIterable<ChainedAccess>;
  accessHead(): Promise<ChainHead>;
}
