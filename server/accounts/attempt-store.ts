/** What is known of attempts to sign in, under keys that are hashes: neither names nor addresses can be read from it. */
export interface AttemptStore {
  /**
   * Counts one attempt before it is checked, so that parallel guesses all count. The last one that is allowed locks the key.
   * @returns the seconds that the key is locked already, 0 where this attempt may be made.
   */
  take(key: string, rule: AttemptRule): Promise<{ lockedS: number; isLocking: boolean }>;
  /** The attempts were the owner's: they count no more. */
  clear(keys: readonly string[]): Promise<void>;
  /** Whatever was counted with this account's name, wherever it was tried from, counts no more. */
  clearLogin(loginKey: string): Promise<void>;
  /** What is locked then, of names that somebody has. */
  listLocked(at: Date): Promise<LockedAttempt[]>;
  /** Somebody signed in rightly under this key. */
  remember(key: string, at: string): Promise<void>;
  isKnown(key: string, since: string): Promise<boolean>;
}

/** One key of an account that is locked: a place, a device, or everything that it was never used from. */
export interface LockedAttempt {
  accountId: string;
  since: string;
  until: string;
}

export interface AttemptRule {
  at: Date;
  /** Of the account that is tried, to clear all its keys by. */
  loginKey: string;
  /** Whose name it is; null: nobody's. */
  accountId: string | null;
  /** This many in a row, each within `lockMs` of the one before, lock the key for `lockMs`. */
  most: number;
  lockMs: number;
}
