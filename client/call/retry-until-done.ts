import { createBackoff } from '../line/backoff.ts';
import type { Clock } from '../review/clock.ts';

/** What breaks sooner is no reason to hurry. */
const LASTED_MS = 5_000;

export interface RetryUntilDoneParts {
  clock: Clock;
  /** Nothing is left to strive for: it stands, or trying is of no use. */
  isDone(): boolean;
  attempt(): Promise<void>;
  onFailure(thrown: unknown): void;
}

/** Tries something until it is done, at once and then with growing patience, for ever. */
export interface RetryUntilDone {
  /** Begins, unless it is under way. */
  begin(): void;
  /** No more waiting: the next attempt is now. */
  wake(): void;
}

export function createRetryUntilDone({ clock, isDone, attempt, onFailure }: RetryUntilDoneParts): RetryUntilDone {
  const backoff = createBackoff({ firstMs: 300, longestMs: 7_000, atOnce: true });
  let underWay = false;
  let stoodSinceMs = Number.NEGATIVE_INFINITY;
  let wake: (() => void) | undefined;

  const pause = (delayMs: number) =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(delayMs, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  async function strive(): Promise<void> {
    while (!isDone()) {
      await pause(backoff.nextMs());
      if (isDone()) return;
      try {
        await attempt();
        stoodSinceMs = clock.nowMs();
      } catch (thrown) {
        onFailure(thrown);
      }
    }
  }

  return {
    begin() {
      if (underWay || isDone()) return;
      underWay = true;
      if (clock.nowMs() - stoodSinceMs >= LASTED_MS) backoff.reset();
      void strive().finally(() => {
        underWay = false;
      });
    },
    wake: () => wake?.(),
  };
}
