/** Five wrong passwords close an account for a quarter of an hour. */
export const LOCK_AFTER_FAILURES = 5;
export const LOCK_MS = 15 * 60_000;

/** Seconds until the lock ends, rounded up; 0: not locked. */
export function lockLeftS(lockedUntil: string | null, now: Date): number {
  return lockedUntil === null ? 0 : Math.max(0, Math.ceil((Date.parse(lockedUntil) - now.getTime()) / 1000));
}
