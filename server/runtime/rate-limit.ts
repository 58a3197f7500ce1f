import { Failure } from '../contract/failure.ts';

export interface RateLimit {
  /** Counts one more for this key. @throws Failure rate-limited with the seconds to wait. */
  take(key: string): void;
}

/** How many keys are remembered at once: an attacker who varies the key must not fill the memory. */
const MAX_KEYS = 50_000;

/**
 * A token bucket a key: `burst` at once, refilled evenly with `perMinute` a minute.
 * In memory: each process counts for itself.
 */
export function createRateLimit({
  burst,
  perMinute,
  now = Date.now,
}: {
  burst: number;
  perMinute: number;
  now?: () => number;
}): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const perMs = perMinute / 60_000;
  return {
    take(key) {
      const at = now();
      const bucket = buckets.get(key) ?? { tokens: burst, at };
      const tokens = Math.min(burst, bucket.tokens + (at - bucket.at) * perMs);
      // Deleting first moves the key to the end: the map's order is the order of last use.
      buckets.delete(key);
      if (tokens < 1) {
        buckets.set(key, { tokens, at });
        throw new Failure('rate-limited', 'too many requests', { retryAfterS: Math.ceil((1 - tokens) / perMs / 1000) });
      }
      buckets.set(key, { tokens: tokens - 1, at });
      if (buckets.size > MAX_KEYS) {
        const oldest = buckets.keys().next();
        if (!oldest.done) buckets.delete(oldest.value);
      }
    },
  };
}
