/** A picture that is away for less is a change of layers. */
const STOPPED_MS = 3_000;
/** A picture that came for less was an accident: the next probe comes as if it had not. */
const LASTED_MS = 6_000;
/**
 * A line that was thin for long is asked more seldom: after a tenth of the time that it has been so. Twice the longest wait and the first pictures fit
 * into ten seconds, for a busy computer's probes may come to nothing.
 */
const FIRST_WAIT_MS = 1_500;
const LONGEST_WAIT_MS = 3_000;
const WAIT_SHARE = 0.1;

/** `free`: the worker needs no help. `wait`: no picture flows, and it is too early to ask the line again. */
export type ProbeStep = 'free' | 'wait' | 'probe';

/** When to probe the line of a receiver. */
export interface ProbePlan {
  /**
   * @param pictures `unwanted`: none would flow over the best line; `stopped`: they should, and do not.
   */
  observe(pictures: 'unwanted' | 'flowing' | 'stopped', nowMs: number): ProbeStep;
}

export function createProbePlan(): ProbePlan {
  let stoppedSinceMs: number | undefined;
  let flowingSinceMs: number | undefined;
  let probedAtMs = Number.NEGATIVE_INFINITY;

  return {
    observe(pictures, nowMs) {
      if (pictures !== 'stopped') {
        flowingSinceMs = pictures === 'flowing' ? (flowingSinceMs ?? nowMs) : undefined;
        if (flowingSinceMs === undefined || nowMs - flowingSinceMs >= LASTED_MS) stoppedSinceMs = undefined;
        return 'free';
      }
      flowingSinceMs = undefined;
      stoppedSinceMs ??= nowMs;
      const stoppedForMs = nowMs - stoppedSinceMs;
      const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(FIRST_WAIT_MS, stoppedForMs * WAIT_SHARE));
      if (stoppedForMs < STOPPED_MS || nowMs - probedAtMs < waitMs) return 'wait';
      probedAtMs = nowMs;
      return 'probe';
    },
  };
}
