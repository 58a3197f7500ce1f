import { createBackoff } from '../line/backoff.ts';
import type { Clock } from '../review/clock.ts';

/** One thing that is tried again after a failure. */
export interface Retry {
  /** Runs it once more, each time later than before, and no sooner than the server asked for. */
  later(retryAfterS?: number): void;
  /** It succeeded, or the line is back: the next wait is the shortest again. */
  reset(): void;
  cancel(): void;
}

export function createRetry(clock: Clock, run: () => void): Retry {
  const backoff = createBackoff();
  let stop: (() => void) | undefined;
  const cancel = () => {
    stop?.();
    stop = undefined;
  };
  return {
    later(retryAfterS) {
      cancel();
      stop = clock.after(backoff.nextMs(retryAfterS), run);
    },
    reset() {
      cancel();
      backoff.reset();
    },
    cancel,
  };
}
