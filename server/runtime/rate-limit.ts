import { Failure } from '../contract/failure.ts';
import { createLru } from '../formats/lru.ts';

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
  const buckets = createLru<{ tokens: number; at: number }>({ limit: MAX_KEYS });
  const perMs = perMinute / 60_000;
  return {
    take(key) {
      const at = now();
      const bucket = buckets.get(key) ?? { tokens: burst, at };
      // A clock that was set back takes nothing away.
      const tokens = Math.min(burst, bucket.tokens + Math.max(0, at - bucket.at) * perMs);
      if (tokens < 1) {
        buckets.set(key, { tokens, at });
        throw new Failure('rate-limited', 'too many requests', { retryAfterS: Math.ceil((1 - tokens) / perMs / 1000) });
      }
      buckets.set(key, { tokens: tokens - 1, at });
    },
  };
}
