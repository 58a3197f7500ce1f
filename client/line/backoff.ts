/** How long to wait between tries of one thing. */
export interface Backoff {
  /** Before the next try. @param retryAfterS what the server asked for at least. */
  nextMs(retryAfterS?: number): number;
  /** A try succeeded: the next failure starts from the front. */
  reset(): void;
  /** Tries since the last success. */
  readonly attempts: number;
}

export interface BackoffOptions {
  firstMs?: number;
  longestMs?: number;
  /** The first try does not wait. */
  atOnce?: boolean;
  /** Between 0 and 1, as `Math.random`. */
  random?: () => number;
}

/** The share of each wait that is left to chance, so that a hospital's computers do not all come back in one instant. */
const JITTER_SHARE = 0.3;

/** Doubling waits, up to the longest, for ever. The product's only backoff. */
export function createBackoff(options: BackoffOptions = {}): Backoff {
  const { firstMs = 500, longestMs = 8_000, atOnce = false, random = Math.random } = options;
  let attempts = 0;
  return {
    nextMs(retryAfterS = 0) {
      const doublings = attempts - (atOnce ? 1 : 0);
      attempts += 1;
      const fullMs = doublings < 0 ? 0 : Math.min(longestMs, firstMs * 2 ** doublings);
      return Math.max(retryAfterS * 1_000, fullMs * (1 - JITTER_SHARE * random()));
    },
    reset() {
      attempts = 0;
    },
    get attempts() {
      return attempts;
    },
  };
}
