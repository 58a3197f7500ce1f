import type { Clock } from '../review/clock.ts';

const LOOK_MS = 500;
/** The transport that pictures have just stopped on may bring them back by itself. */
const FIRST_AFTER_MS = 2_000;
/** A line that was thin for long is tried more seldom: after a tenth of the time. The longest wait, a handshake and the first pictures fit into ten seconds. */
const LONGEST_WAIT_MS = 5_000;
const WAIT_SHARE = 0.1;
/** Pictures that came for less were a trial's, on a line that does not bear them. */
const LASTED_MS = 10_000;

export interface RenewalParts {
  clock: Clock;
  /** Whether pictures that should come do not, though the voice gets through well. */
  isStuck(): boolean;
  /** Receives the pictures over a new transport. */
  renew(): void;
}

/**
 * Brings pictures back to a line that was thin. The sfu's worker (mediasoup 3.27) learns what a line carries from pictures and its own bursts alone, never
 * from voices: while none flows its estimate stays at 30 kbit/s, and what a floor under it or another ceiling change, it passes on
 * with the next report of a picture only. A new transport begins with the smallest layer, and knows after some 0.3 s whether the line bears it.
 */
export function renewWhenStuck({ clock, isStuck, renew }: RenewalParts): { close(): void } {
  /** The line has been thin since then, whatever a new transport brought for a moment. */
  let thinSinceMs: number | undefined;
  let stuckSinceMs: number | undefined;
  let flowingSinceMs: number | undefined;
  let cancel = clock.after(LOOK_MS, look);
  function look(): void {
    cancel = clock.after(LOOK_MS, look);
    const nowMs = clock.nowMs();
    if (!isStuck()) {
      stuckSinceMs = undefined;
      flowingSinceMs ??= nowMs;
      if (nowMs - flowingSinceMs >= LASTED_MS) thinSinceMs = undefined;
      return;
    }
    flowingSinceMs = undefined;
    stuckSinceMs ??= nowMs;
    thinSinceMs ??= nowMs;
    const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(FIRST_AFTER_MS, (nowMs - thinSinceMs) * WAIT_SHARE));
    if (nowMs - stuckSinceMs < waitMs) return;
    stuckSinceMs = nowMs;
    renew();
  }
  return { close: () => cancel() };
}
