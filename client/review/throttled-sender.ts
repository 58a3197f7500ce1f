import type { Clock } from './clock.ts';

/** After this long without a new value the last one is sent again, this time until it is acknowledged. */
const SETTLE_AFTER_MS = 120;
const RETRY_MS = 1000;

export interface ThrottledSender<T> {
  /** A newer value: older ones that have not gone out are dropped. */
  push(value: T): void;
  /** The line is back: what was not acknowledged goes out again. */
  retry(): void;
  /** Forgets the value and stops. A later push starts again. */
  stop(): void;
}

export interface ThrottledSenderParts<T> {
  clock: Clock;
  /** The shortest time between two sends. */
  intervalMs: number;
  /** May be lost. */
  send(value: T): void;
  /** Must arrive; resolves once it has. Absent: the value is worth nothing a moment later. */
  settle?: (value: T) => Promise<unknown>;
}

/**
 * Sends a value that changes quickly: the first at once, then at most one per interval, always the latest, and the final one
 * for certain. Rates follow what is measured to be enough for a shared view (20 to 30 a second).
 */
export function createThrottledSender<T>({
  clock,
  intervalMs,
  send,
  settle,
}: ThrottledSenderParts<T>): ThrottledSender<T> {
  let latest: { value: T } | undefined;
  let unsent = false;
  let unsettled = false;
  let sentAtMs = Number.NEGATIVE_INFINITY;
  let cancelSend: (() => void) | undefined;
  let cancelSettle: (() => void) | undefined;

  const sendNow = (): void => {
    cancelSend = undefined;
    if (!latest || !unsent) return;
    unsent = false;
    sentAtMs = clock.nowMs();
    send(latest.value);
  };
  const settleIn = (delayMs: number): void => {
    cancelSettle?.();
    cancelSettle = clock.after(delayMs, settleNow);
  };
  const settleNow = (): void => {
    cancelSettle = undefined;
    const settling = latest;
    if (!settle || !settling || !unsettled) return;
    settle(settling.value).then(
      () => {
        if (latest === settling) unsettled = false;
      },
      () => {
        if (latest === settling && !cancelSettle) settleIn(RETRY_MS);
      },
    );
  };
  return {
    push(value) {
      latest = { value };
      unsent = true;
      unsettled = true;
      if (settle) settleIn(Math.max(SETTLE_AFTER_MS, 2 * intervalMs));
      if (cancelSend) return;
      const waitMs = sentAtMs + intervalMs - clock.nowMs();
      if (waitMs <= 0) sendNow();
      else cancelSend = clock.after(waitMs, sendNow);
    },
    retry() {
      if (unsettled) settleIn(0);
    },
    stop() {
      cancelSend?.();
      cancelSettle?.();
      cancelSend = undefined;
      cancelSettle = undefined;
      latest = undefined;
      unsent = false;
      unsettled = false;
    },
  };
}
