import { Failure } from '../contract/index.ts';

/** A window that was left open is no place to guess passwords at. */
export interface SignAttempts {
  /** Counts an attempt before it is checked, so that guesses made at once count too. @throws Failure rate-limited after too many. */
  attempt(accountId: string): void;
  /** The password was right: the count starts anew. */
  succeed(accountId: string): void;
}

const WRONG_TO_LOCK = 5;
const LOCK_MS = 5 * 60_000;

/** In memory, one count an account: each process counts for itself. */
export function createSignAttempts(clock: () => Date): SignAttempts {
  const attempts = new Map<string, { count: number; lastMs: number }>();
  return {
    attempt(accountId) {
      const nowMs = clock().getTime();
      const known = attempts.get(accountId);
      const leftMs = known ? known.lastMs + LOCK_MS - nowMs : 0;
      const count = known && leftMs > 0 ? known.count : 0;
      if (count >= WRONG_TO_LOCK)
        throw new Failure('rate-limited', 'too many wrong passwords', { retryAfterS: Math.ceil(leftMs / 1000) });
      attempts.set(accountId, { count: count + 1, lastMs: nowMs });
    },
    succeed: (accountId) => {
      attempts.delete(accountId);
    },
  };
}
