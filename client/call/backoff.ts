/** What LiveKit's client waits between attempts: at once, then soon, then steadily. The last one repeats for ever. */
const DELAYS_MS = [0, 300, 1200, 2700, 4800, 7000] as const;
/** A room's people must not all come back in the same instant. */
const JITTER_SHARE = 0.2;

export interface Backoff {
  /** How long to wait before the next attempt. */
  nextMs(): number;
  /** An attempt succeeded: the next loss starts from the front. */
  reset(): void;
  /** Attempts since the last success. */
  readonly attempts: number;
}

/** @param random between 0 and 1, as `Math.random`. */
export function createBackoff(random: () => number = Math.random): Backoff {
  let attempts = 0;
  return {
    nextMs() {
      const delayMs = DELAYS_MS[Math.min(attempts, DELAYS_MS.length - 1)] ?? 0;
      attempts += 1;
      return delayMs * (1 + JITTER_SHARE * random());
    },
    reset() {
      attempts = 0;
    },
    get attempts() {
      return attempts;
    },
  };
}
