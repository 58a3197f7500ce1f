import type { SecurityKeyStore } from './security-key-store.ts';

/** An authenticator app's half of RFC 6238. */
export interface TotpFactor {
  accountId: string;
  /** Base 32. Sealed in the database, told once when it is made. */
  secret: string;
  /** Of the last code that was accepted, in steps since 1970; 0: none yet. No code of it or before it is accepted again. */
  lastStep: number;
  /** When a code of it was typed first; null: that has not happened, and it counts for nothing. */
  addedAt: string | null;
  /** Of another app that was begun with and takes this one's place with its first code; null: none was. */
  nextSecret: string | null;
}

/** A sign-in between its two steps: opens nothing but the second. The secret is in the browser's cookie; here is its SHA-256. */
export interface PendingSignIn {
  pendingId: string;
  accountId: string;
  secretHash: string;
  expiresAt: string;
}

export interface FactorReset {
  accountId: string;
  resetAt: string;
  reason: string;
}

export interface SecondFactorStore {
  keys: SecurityKeyStore;

  /** Those of these accounts that have a second factor. */
  listHolders(accountIds: readonly string[]): Promise<Set<string>>;
  /** Takes everything off the account. */
  removeAll(accountId: string): Promise<void>;

  /** Why an administrator took it off. Kept apart from the audit trail, which no free text enters. */
  noteReset(reset: FactorReset): Promise<void>;
  /** The latest of each of these accounts. */
  listResets(accountIds: readonly string[]): Promise<FactorReset[]>;

  findTotp(accountId: string): Promise<TotpFactor | undefined>;
  /** In the place of one that was there. */
  putTotp(factor: TotpFactor): Promise<void>;
  /** @returns whether it was there, and counted. */
  removeTotp(accountId: string): Promise<boolean>;
  /** @returns whether no code of this step or a later one had been accepted: of two requests at once one wins. */
  takeStep(accountId: string, step: number): Promise<boolean>;
  /** The first code makes an app count. @returns whether it was begun with, and not confirmed yet. */
  confirmTotp(accountId: string, step: number, addedAt: string): Promise<boolean>;
  /** The first code of the next app puts it in the other's place. @returns whether this one was begun with, and is still the next. */
  replaceTotp(factor: TotpFactor): Promise<boolean>;

  /** In the place of those that were there. Kept as keyed hashes. */
  replaceRecoveryCodes(accountId: string, codes: readonly string[]): Promise<void>;
  /** @returns whether it was one of the account's, not used before. */
  takeRecoveryCode(accountId: string, code: string, at: string): Promise<boolean>;
  countRecoveryCodes(accountId: string): Promise<number>;

  insertPending(pending: PendingSignIn): Promise<void>;
  findPending(secretHash: string): Promise<PendingSignIn | undefined>;
  /** @returns whether it was still there. */
  deletePending(pendingId: string): Promise<boolean>;
  deletePendingOf(accountId: string): Promise<void>;
  deleteExpiredPending(now: string): Promise<void>;
}
