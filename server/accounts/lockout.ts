/** Five wrong codes, or wrong passwords within a session, close what was guessed at for a quarter of an hour; at a sign-in the policy says how many. */
export const LOCK_AFTER_ATTEMPTS = 5;
export const LOCK_MS = 15 * 60_000;
/** So many from everywhere together close it to every device and place that it was never used from. */
export const LOCK_AFTER_STRANGERS = 50;
/** A device or place stays known so long after a right password. */
export const KNOWN_MS = 90 * 24 * 3_600_000;
