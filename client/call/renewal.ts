import type { Clock } from '../review/clock.ts';

const LOOK_MS = 1_000;
/** As long as the sfu's own means have to bring a picture back. */
const FIRST_AFTER_MS = 15_000;
/** On a line that really carries no picture a new transport is no help, and its first seconds cost the voice something. */
const NEXT_TIMES = 4;
/** Pictures that came for less were an accident. */
const LASTED_MS = 10_000;

export interface RenewalParts {
  clock: Clock;
  /** Whether pictures that should come do not, though the voice gets through well. */
  isStuck(): boolean;
  /** Receives the pictures over a new transport. */
  renew(): void;
}

/** The second line against pictures that stay away after the line is good again: all that was learnt of the old line is thrown away. */
export function renewWhenStuck({ clock, isStuck, renew }: RenewalParts): { close(): void } {
  let stuckSinceMs: number | undefined;
  let flowingSinceMs: number | undefined;
  let patienceMs = FIRST_AFTER_MS;
  let cancel = clock.after(LOOK_MS, look);
  function look(): void {
    cancel = clock.after(LOOK_MS, look);
    const nowMs = clock.nowMs();
    if (!isStuck()) {
      stuckSinceMs = undefined;
      flowingSinceMs ??= nowMs;
      if (nowMs - flowingSinceMs >= LASTED_MS) patienceMs = FIRST_AFTER_MS;
      return;
    }
    flowingSinceMs = undefined;
    stuckSinceMs ??= nowMs;
    if (nowMs - stuckSinceMs < patienceMs) return;
    stuckSinceMs = nowMs;
    patienceMs *= NEXT_TIMES;
    renew();
  }
  return { close: () => cancel() };
}
