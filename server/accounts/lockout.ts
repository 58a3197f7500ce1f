/** Five wrong passwords close an account, to the device or the place they came from, for a quarter of an hour. */
export const LOCK_AFTER_ATTEMPTS = 5;
export const LOCK_MS = 15 * 60_000;
/** So many from everywhere together close it to every device and place that it was never used from. */
export const LOCK_AFTER_STRANGERS = 50;
/** A device or place stays known so long after a right password. */
export const KNOWN_MS = 90 * 24 * 3_600_000;
